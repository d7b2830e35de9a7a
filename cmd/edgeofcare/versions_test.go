package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// A plain name is the library's, whatever the folder holds; a file needs a path or
// an ending.
func TestNamesOfTheLibraryAgainstFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	first := func(out string) string { line, _, _ := strings.Cut(out, "\n"); return line }
	library, errors, code := edgeofcare(t, "show", "dn2")
	require.Zero(t, code)
	require.Empty(t, errors)

	require.NoError(t, os.Mkdir("dn2", 0o700))
	out, errors, code := edgeofcare(t, "show", "dn2")
	require.Zero(t, code)
	require.Equal(t, library, out)
	require.Contains(t, errors, "dn2 is read from the library")
	require.Contains(t, errors, "write ./dn2")
	require.NoError(t, os.Remove("dn2"))

	require.NoError(t, os.WriteFile("dn2", scenario.Template(), 0o600))
	out, errors, _ = edgeofcare(t, "show", "dn2")
	require.Equal(t, library, out)
	require.Contains(t, errors, "write ./dn2")
	out, errors, code = edgeofcare(t, "show", "./dn2")
	require.Zero(t, code, errors)
	require.Empty(t, errors)
	require.NotEqual(t, first(library), first(out))

	require.NoError(t, os.WriteFile("mine", scenario.Template(), 0o600))
	_, errors, code = edgeofcare(t, "validate", "mine")
	require.Equal(t, exitFailed, code)
	require.Contains(t, errors, "write ./mine")

	_, errors, code = edgeofcare(t, "init", "north")
	require.Equal(t, exitUsage, code)
	require.Contains(t, errors, "write north.yaml, or ./north")
	require.NoFileExists(t, "north")
	for _, name := range []string{"north.yaml", "./north"} {
		_, errors, code = edgeofcare(t, "init", name)
		require.Zero(t, code, errors)
		_, errors, code = edgeofcare(t, "validate", name)
		require.Zero(t, code, errors)
	}
}

// A case whose name reads as a version is refused with its place, before anything
// is run under its name.
func TestCaseNamesAreNotVersions(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"medium + no cap", "low, medium"} {
		text := strings.NewReplacer("\n  low:", "\n  \""+name+"\":", "compare: [low", "compare: [\""+name+"\"").Replace(string(scenario.Template()))
		require.NoError(t, os.WriteFile("p.yaml", []byte(text), 0o600))
		for _, command := range []string{"validate p.yaml", "compare p.yaml -n 2", "run p.yaml -n 2"} {
			out, errors, code := edgeofcare(t, strings.Fields(command)...)
			require.Equal(t, exitProgramme, code, command)
			require.Contains(t, out+errors, "p.yaml:")
			require.Contains(t, out+errors, "the name of a case or variant cannot have")
		}
	}
}
