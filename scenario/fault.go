package scenario

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/joined"
	"github.com/edgeofcare/edgeofcare/model"
)

// Faults returns every fault in an error, in order; none for other errors.
func Faults(err error) []*model.Fault {
	var faults []*model.Fault
	for _, e := range joined.Each(err) {
		if f, ok := errors.AsType[*model.Fault](e); ok {
			faults = append(faults, f)
		}
	}
	return faults
}

// place is a place in a file. Line 0 means not in a file.
type place struct {
	file         string
	line, column int
	layer        int // the number of the group of edits that put it there, from 1; 0 for the file without edits
}

// finding is a fault before it is reported.
type finding struct {
	at            place
	path, problem string
	label         string // the case or variant that it is found in; empty for the file without edits
	changes       string // the setting that an edit would change and cannot; empty for other faults
}

func (p place) fault(path, problem string, args ...any) finding {
	return finding{at: p, path: path, problem: fmt.Sprintf(problem, args...)}
}

// join sorts findings by file, line and column, drops those that repeat
// another at the same place and returns the rest as one error; nil if there are
// none. So an edit whose star applies to several settings is reported once.
func join(findings []finding) error {
	slices.SortStableFunc(findings, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.at.file, b.at.file), cmp.Compare(a.at.line, b.at.line), cmp.Compare(a.at.column, b.at.column))
	})
	seen := map[finding]bool{}
	var errs []error
	for _, f := range findings {
		fault := &model.Fault{File: f.at.file, Line: f.at.line, Column: f.at.column, Path: f.path, Problem: f.problem}
		if f.label != "" {
			fault.Problem = f.label + ": " + f.problem
		}
		f.path, f.changes, f.at.layer = "", "", 0
		bare := f
		bare.label = ""
		if !seen[f] && !seen[bare] {
			seen[f] = true
			errs = append(errs, fault)
		}
	}
	return errors.Join(errs...)
}
