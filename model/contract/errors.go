package contract

import (
	"fmt"
	"strings"
)

// TermError is a term of a contract that cannot be priced.
type TermError struct {
	// Term is where it stands, in the words of a programme file joined by
	// dots: "metrics.M1.tariff".
	Term string `json:"term"`
	// Problem is what is wrong and what is allowed, in a sentence.
	Problem string `json:"problem"`
}

func (e *TermError) Error() string { return e.Term + ": " + e.Problem }

func termError(term, problem string, args ...any) error {
	return &TermError{Term: term, Problem: fmt.Sprintf(problem, args...)}
}

// within puts a fault at a term; nil stays nil.
func within(term string, err error) error {
	if err == nil {
		return nil
	}
	return &TermError{Term: term, Problem: err.Error()}
}

// oneOf lists the names that are allowed.
func oneOf(names []string) string {
	if len(names) == 0 {
		return "there are none"
	}
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = fmt.Sprintf("%q", name)
	}
	return "write one of " + strings.Join(quoted, ", ")
}
