package app

// Serve is serve, for tests that speak to the real listener.
var Serve = (*App).serve
