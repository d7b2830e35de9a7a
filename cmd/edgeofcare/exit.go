package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Exit codes that scripts can rely on.
const (
	exitOK        = 0
	exitFailed    = 1 // the command could not be carried out
	exitUsage     = 2 // the command line was not understood
	exitProgramme = 3 // a programme file has faults
	// 128 and more is the number of a signal: see stopped, and exitNoReader.
	exitNoReader = 141 // of the pipe that is printed to, as in edgeofcare list | head -1
)

// exit prints an error and returns its exit code.
func (s *streams) exit(err error) int {
	if errors.Is(err, context.Canceled) {
		s.sayStopped(err)
		return causeOf(s.ctx).code()
	}
	if s.printed.err != nil && (err == nil || errors.Is(err, s.printed.err)) {
		return s.notPrinted()
	}
	if err == nil {
		return exitOK
	}
	fmt.Fprintln(s.err, s.fresh()+words.Printable(describe(err)))
	switch {
	case isUsage(err):
		return exitUsage
	case isProgrammeFault(err):
		return exitProgramme
	}
	return exitFailed
}

// notPrinted says that not everything could be printed. Whoever closed the pipe knows.
func (s *streams) notPrinted() int {
	if errors.Is(s.printed.err, syscall.EPIPE) {
		return exitNoReader
	}
	fmt.Fprintf(s.err, "%sedgeofcare: not everything could be printed: %v\n", s.fresh(), s.printed.err)
	return exitFailed
}

// describe says an error as a person reads it: faults of a file one to a line.
func describe(err error) string {
	faults := scenario.Faults(err)
	if len(faults) == 0 {
		return "edgeofcare: " + withRemedy(err).Error()
	}
	var lines []string
	for _, f := range faults {
		lines = append(lines, f.Error())
	}
	if len(faults) > 1 {
		lines = append(lines, fmt.Sprintf("%d faults", len(faults)))
	}
	return strings.Join(lines, "\n")
}

// withRemedy adds to an error what the command line has for it.
func withRemedy(err error) error {
	if errors.Is(err, montecarlo.ErrNoInflation) {
		return fmt.Errorf("%w, or say here what inflation is, as in --prices 'cash at 2%%'", err)
	}
	if unknown, ok := errors.AsType[*scenario.NameError](err); ok {
		if where := allNames[unknown.What]; where != "" {
			return fmt.Errorf("%w; %s", err, where)
		}
	}
	return err
}

// allNames say where all names of a kind stand, of which there may be too many for an error.
var allNames = map[string]string{
	"measure":         "edgeofcare explain lists all with what they are",
	"chart":           "edgeofcare plot --list says what each answers",
	"variant":         "edgeofcare list has all of the library, and a file has its own under variants and stresses",
	"uncertain input": "edgeofcare show lists all of a programme",
}

func isProgrammeFault(err error) bool { return len(scenario.Faults(err)) > 0 }

// usageError says that a command line cannot be carried out, whatever the
// programme holds: flags that do not go together, or a version that cannot be
// read.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

// misused is a usageError.
func misused(format string, arguments ...any) error {
	return &usageError{fmt.Errorf(format, arguments...)}
}

func isUsage(err error) bool {
	_, misused := errors.AsType[*usageError](err)
	return misused || errors.Is(err, scenario.ErrLanguage)
}

// refuse is an error that names the flags that were given and would do nothing:
// "--shard does not use --wide: leave it out".
func refuse(what string, given map[string]bool) error {
	var names []string
	for name, is := range given {
		if is {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	switch len(names) {
	case 0:
		return nil
	case 1:
		return misused("%s does not use %s: leave it out", what, names[0])
	}
	return misused("%s does not use %s: leave them out", what, words.Or(names))
}
