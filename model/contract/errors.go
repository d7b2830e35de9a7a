package contract

import "fmt"

// TermError is a term of a contract that cannot be priced.
type TermError struct {
	// Term is where it stands, in the words of a programme file joined by
	// dots: "metrics.M1.tariff".
	Term string
	// Problem is what is wrong and what is allowed, in a sentence.
	Problem string
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
