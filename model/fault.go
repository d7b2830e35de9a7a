package model

import (
	"errors"
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/joined"
	"github.com/edgeofcare/edgeofcare/internal/located"
	"github.com/edgeofcare/edgeofcare/internal/words"
)

// Fault is one thing wrong with a programme, or with the file or the edit that it
// was read from. [Programme.Validate], [Programme.Pricer] and everything in
// package scenario that reads report faults, one or several joined: find one with
// [errors.AsType], all of them with scenario.Faults.
type Fault struct {
	// File is the name of the file, or, for an edit that does not stand in a
	// file, the edit in quotation marks. It is empty for a programme that was
	// built in Go.
	File string `json:"file,omitempty"`
	// Line and Column count from 1; both are 0 where there is no file.
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
	// Path is the setting, in the words of a programme file: the names that
	// lead to it, joined by dots, as in "cohorts.step-down.start probability".
	// It is empty for a fault of the file as a whole.
	Path string `json:"path,omitempty"`
	// Problem is what is wrong and what is allowed, in a sentence.
	Problem string `json:"problem"`
}

// Error returns file, line, column, path and problem on one line, and leaves out
// what there is not:
//
//	dn2.yaml:42:10: cohorts.step-down.lag: "26 days" is not in weeks: …
//
// What a terminal would obey is written out, as "\\x1b".
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	if f.Path != "" {
		b.WriteString(strings.ReplaceAll(f.Path, "\n", " ") + ": ")
	}
	b.WriteString(f.Problem)
	return words.Printable(b.String())
}

// faultsIn turns what package contract finds wrong with terms into faults.
func faultsIn(err error) []error {
	var faults []error
	for _, err := range joined.Each(err) {
		if at, ok := errors.AsType[*located.Error](err); ok {
			faults = append(faults, &Fault{Path: at.Path, Problem: at.Problem})
		} else {
			faults = append(faults, &Fault{Path: "contract", Problem: err.Error()})
		}
	}
	return faults
}
