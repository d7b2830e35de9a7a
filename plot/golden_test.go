package plot

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a drawing with the one that is kept, or keeps it with -update.
func golden(t *testing.T, name string, f *Figure) {
	t.Helper()
	if runtime.GOARCH != "amd64" {
		t.Skip("the last digits of simulated figures differ between architectures")
	}
	var drawn bytes.Buffer
	require.NoError(t, f.Write(&drawn, SVG))
	path := filepath.Join("testdata", name+".svg")
	if *update {
		require.NoError(t, os.WriteFile(path, drawn.Bytes(), 0o644))
	}
	kept, err := os.ReadFile(path)
	require.NoError(t, err, "run the tests with -update to keep it")
	require.True(t, bytes.Equal(kept, drawn.Bytes()), "%s has changed: look at it, then run the tests with -update", path)
}
