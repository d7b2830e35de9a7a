package contract

import (
	"fmt"
	"slices"
	"strings"
)

// Every enumeration of the package reads and writes its words through these
// three functions, so that every error lists the words that are allowed.

func enumName[E ~int](e E, names []string) string {
	if e < 0 || int(e) >= len(names) {
		return fmt.Sprintf("unknown (%d)", int(e))
	}
	return names[e]
}

func enumMarshal[E ~int](e E, names []string, what string) ([]byte, error) {
	if e < 0 || int(e) >= len(names) {
		return nil, fmt.Errorf("contract: %d is no %s", int(e), what)
	}
	return []byte(names[e]), nil
}

func enumUnmarshal[E ~int](e *E, text []byte, names []string, what string) error {
	i := slices.Index(names, string(text))
	if i < 0 {
		return fmt.Errorf("%q is no %s: write one of %s", text, what, strings.Join(names, ", "))
	}
	*e = E(i)
	return nil
}
