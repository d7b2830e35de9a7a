package contract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

// known returns an error at a term unless a name is one of those there are.
func known(term, what, name string, names []string) error {
	if slices.Contains(names, name) {
		return nil
	}
	return located.At(term, "there is no %s called %q: %s", what, name, oneOf(names))
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
