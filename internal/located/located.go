// Package located is an error that knows which setting of a programme it is
// about, for packages that check terms and do not know what they belong to.
package located

import "fmt"

// Error is something wrong with a setting.
type Error struct {
	// Path is where the setting stands, in the words of a programme file joined
	// by dots: "metrics.M1.tariff".
	Path string
	// Problem is what is wrong and what is allowed, in a sentence.
	Problem string
}

func (e *Error) Error() string { return e.Path + ": " + e.Problem }

// At returns an *Error at a path.
func At(path, problem string, args ...any) error {
	return &Error{Path: path, Problem: fmt.Sprintf(problem, args...)}
}

// Within puts an error at a path; nil stays nil.
func Within(path string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Path: path, Problem: err.Error()}
}
