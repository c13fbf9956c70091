"""Remote engines: the same answers as embedded, and errors that name the endpoint."""
