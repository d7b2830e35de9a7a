package scenario

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/joined"
)

// Fault is one thing wrong with a programme file or with an edit to it. Every
// error of reading is one Fault or several joined: find them with errors.As or
// all at once with [Faults].
type Fault struct {
	// File is the name that was given to Read; for an edit that does not
	// stand in a file, the edit in quotation marks.
	File string
	// Line and Column count from 1; both are 0 for an edit that does not
	// stand in a file.
	Line, Column int
	// Path is the setting: the names that lead to it, joined by dots. It is
	// empty for a fault of the file as a whole.
	Path string
	// Problem says what was given and what is allowed, in a sentence.
	Problem string
}

// Error returns file, line, column, path and problem on one line:
//
//	dn2.yaml:42:10: cohorts.step-down.lag: "26 days" is not in weeks: …
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
	}
	b.WriteString(": ")
	if f.Path != "" {
		b.WriteString(strings.ReplaceAll(f.Path, "\n", " ") + ": ")
	}
	b.WriteString(f.Problem)
	return b.String()
}

// Faults returns every Fault in an error, in order; none for other errors.
func Faults(err error) []*Fault {
	var faults []*Fault
	for _, e := range joined.Each(err) {
		if f, ok := errors.AsType[*Fault](e); ok {
			faults = append(faults, f)
		}
	}
	return faults
}

// NameError is a name of a case, variant, stress or library programme that there
// is not.
type NameError struct {
	What  string   // "case", "variant", "stress" or "programme"
	Name  string   // as given
	Valid []string // the names there are
}

// Error lists the names there are and suggests the nearest.
func (e *NameError) Error() string { return unknownName(e.Name, e.What, e.Valid) }

// place is where in a file something stands. Line 0 means not in a file.
type place struct {
	file         string
	line, column int
	layer        int // how many-eth of the edits applied put it there; 0 for the file as it stands
}

// finding is a fault before it is told to anyone.
type finding struct {
	at            place
	path, problem string
	label         string // the case or variant that it is found in; empty for the file as it stands
}

func (p place) fault(path, problem string, args ...any) finding {
	return finding{at: p, path: path, problem: fmt.Sprintf(problem, args...)}
}

// join sorts findings by file, line and column, drops those that say the same
// again of the same place and returns the rest as one error; nil if there are
// none. So an edit that reaches several settings by * is reported once.
func join(findings []finding) error {
	slices.SortStableFunc(findings, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.at.file, b.at.file), cmp.Compare(a.at.line, b.at.line), cmp.Compare(a.at.column, b.at.column))
	})
	seen := map[finding]bool{}
	var errs []error
	for _, f := range findings {
		fault := &Fault{File: f.at.file, Line: f.at.line, Column: f.at.column, Path: f.path, Problem: f.problem}
		if f.label != "" {
			fault.Problem = f.label + ": " + f.problem
		}
		f.path, f.at.layer = "", 0
		bare := f
		bare.label = ""
		if !seen[f] && !seen[bare] {
			seen[f] = true
			errs = append(errs, fault)
		}
	}
	return errors.Join(errs...)
}
