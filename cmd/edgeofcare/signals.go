package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// grace is how long a command has to end by itself after a signal. One that is
// reading a pipe or drawing a chart does not look, and is ended then.
const grace = time.Second

// stopped is the cause for which a context ends: a signal.
type stopped struct{ syscall.Signal }

// Error names the signal.
func (s stopped) Error() string {
	switch s.Signal {
	case syscall.SIGHUP:
		return "SIGHUP"
	case syscall.SIGTERM:
		return "SIGTERM"
	}
	return "SIGINT"
}

// Unwrap says that the context was ended from outside.
func (stopped) Unwrap() error { return context.Canceled }

// code is the exit code: 128 and the number of the signal, as shells have it.
func (s stopped) code() int { return 128 + int(s.Signal) }

// causeOf is the signal that ended a context; an interrupt where none is known.
func causeOf(ctx context.Context) stopped {
	if s, ok := errors.AsType[stopped](context.Cause(ctx)); ok {
		return s
	}
	return stopped{syscall.SIGINT}
}

// onSignals ends the command when it is told to: an interrupt, a request to
// terminate, or the end of the terminal, unless that is ignored as under nohup.
// A pipe without a reader is an error of writing, and nothing is left behind.
func (s *streams) onSignals() {
	caught := []os.Signal{syscall.SIGINT, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		caught = append(caught, syscall.SIGHUP)
	}
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, caught...)
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	ctx, end := context.WithCancelCause(s.ctx)
	s.ctx = ctx
	go func() {
		first, _ := (<-signals).(syscall.Signal)
		end(stopped{first})
		select {
		case <-signals:
		case <-time.After(grace):
		}
		os.Exit(s.abort())
	}()
}

// abort ends a command that does not end by itself. A folder or a terminal that
// does not answer does not hold it up.
func (s *streams) abort() int {
	said := make(chan bool)
	go func() {
		s.sayStopped(nil)
		close(said)
	}()
	select {
	case <-said:
	case <-time.After(grace): // a busy machine may take long over it
	}
	return causeOf(s.ctx).code()
}

// sayStopped takes away what is not whole and says, once, how far the command came
// and what was not done. The error may be nil.
func (s *streams) sayStopped(err error) {
	s.said.Do(func() {
		cause := causeOf(s.ctx)
		text := "stopped: " + cause.Error()
		if _, ok := errors.AsType[stopped](err); ok {
			text = err.Error() // it says after how many replications, and why
		}
		fmt.Fprintf(s.err, "%sedgeofcare: %s; %s\n", s.fresh(), words.Printable(text), s.notDone())
	})
}

// notDone says what a command that was stopped did not do.
func (s *streams) notDone() string {
	switch places := s.files.end(); {
	case len(places) == 1:
		return words.Printable(places[0]) + " was not written"
	case len(places) > 1:
		const most = 3 // that are named
		if more := len(places) - most; more > 1 {
			places = append(places[:most], words.Count(float64(more))+" more")
		}
		return words.Printable(words.And(places)) + " were not written"
	case s.printed.n.Load() > 0:
		return "what was printed is not all"
	}
	return "nothing was printed"
}

// fresh begins a line anew on a terminal, on which progress may stand.
func (s *streams) fresh() string {
	if s.terminal {
		return clearLine
	}
	return ""
}
