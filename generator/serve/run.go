package serve

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Run answers requests on a listener until the context ends. Requests that go
// wrong on the way are no news: nothing is logged.
func Run(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: time.Minute, // a machine that was busy, or slept, may be late
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(io.Discard, "", 0),
		// Event streams end with the context, or Shutdown would wait for them.
		BaseContext: func(net.Listener) context.Context { return ctx },
		// `OPTIONS *` goes through the same checks as all else.
		DisableGeneralOptionsHandler: true,
	}
	done := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		done <- server.Shutdown(grace)
	}()
	err := server.Serve(listener)
	if errors.Is(err, http.ErrServerClosed) {
		<-done // a connection that did not end in time ends with the program
		return nil
	}
	return err
}
