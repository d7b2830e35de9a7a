// Package certain gives tests a programme of the library without its ranges, so that a
// test has the ranges which it writes, or none, and its figures are those of stated
// values.
package certain

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	ranges = regexp.MustCompile(`(?m)^ *range: .*\n|, range: [^,}\n]*`)
	held   = regexp.MustCompile(`(?m)^    conditioned on:\n(?:      .*\n)+`)
	counts = regexp.MustCompile(`: ([0-9]+) of ([0-9]+)([,}])`)
)

// File is a programme file of a library, by its name, without what it says of how well
// its inputs are known: no ranges, factors, alternatives, correlations or draws, and shares in
// place of counts.
func File(t testing.TB, library fs.FS, programme string) string {
	t.Helper()
	whole, err := fs.ReadFile(library, programme+".yaml")
	require.NoError(t, err)
	text := string(whole)
	from, to := strings.Index(text, "# How sure are we?"), strings.Index(text, "# Variants. ---")
	require.Positive(t, from)
	require.Greater(t, to, from)
	text = held.ReplaceAllString(ranges.ReplaceAllString(text[:from]+text[to:], ""), "")
	return counts.ReplaceAllStringFunc(text, func(count string) string {
		var events, of int
		_, err := fmt.Sscanf(count, ": %d of %d", &events, &of)
		require.NoError(t, err)
		return fmt.Sprintf(": %g%%%s", 100*float64(events)/float64(of), count[len(count)-1:])
	})
}
