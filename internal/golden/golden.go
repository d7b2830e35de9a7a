// Package golden holds what a test got against a file that was read through and
// kept. With -update the file is written anew: read what has changed before it
// is committed.
package golden

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write golden files anew")

// Equal fails the test unless got is what the file holds.
func Equal(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "%s: if this is what it should be, run the test with -update and read the difference", file)
}
