// Package enum gives every enumeration of the library the same way of reading
// and writing its words, so that every error lists the words that are allowed.
package enum

import (
	"fmt"
	"slices"
	"strings"
)

// Name returns the word for e, or a text that says that there is none.
func Name[E ~int](e E, words []string) string {
	if !Valid(e, words) {
		return fmt.Sprintf("unknown (%d)", int(e))
	}
	return words[e]
}

// Valid reports whether there is a word for e.
func Valid[E ~int](e E, words []string) bool { return e >= 0 && int(e) < len(words) }

// Marshal returns the word for e. what names the enumeration: "arm".
func Marshal[E ~int](e E, words []string, what string) ([]byte, error) {
	if !Valid(e, words) {
		return nil, fmt.Errorf("there is no %s with the number %d: there are %s", what, int(e), strings.Join(words, ", "))
	}
	return []byte(words[e]), nil
}

// Unmarshal sets *e to what a word stands for. After an error it is as it was.
func Unmarshal[E ~int](e *E, text []byte, words []string, what string) error {
	i := slices.Index(words, string(text))
	if i < 0 {
		return fmt.Errorf("there is no %s called %q: write one of %s", what, text, strings.Join(words, ", "))
	}
	*e = E(i)
	return nil
}
