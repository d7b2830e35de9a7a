package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is made up can be read again, and every name says what it is.
func TestSynthesisedReturnsAreRead(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "made", "up")
	line := []string{"synthesise", "-o", folder, "--children", "120", "--years", "3", "--faults", "all"}
	first, errors, code := edgeofcare(t, line...)
	require.Zero(t, code, errors)
	again, errors, code := edgeofcare(t, line...) // over the same files
	require.Zero(t, code, errors)
	require.Equal(t, first, again)
	require.NoError(t, filepath.WalkDir(folder, func(_ string, d os.DirEntry, err error) error {
		require.True(t, d.Name() == "up" || strings.HasPrefix(d.Name(), "synthetic-"), d.Name())
		return err
	}))
	out, errors, code := edgeofcare(t, "calibrate", folder)
	require.Zero(t, code, errors)
	require.Contains(t, out, "What was found, by rule")
	require.NotContains(t, out, "SYN0")
}

// A fault that found no place is said to be missing.
func TestSynthesiseSaysWhatHadNoRoom(t *testing.T) {
	out, errors, code := edgeofcare(t, "synthesise", "-o", t.TempDir(), "--children", "20", "--years", "1", "--faults", "stale")
	require.Zero(t, code, errors)
	require.Contains(t, out, "stale: there was room for 0 of 3.")
}

// Real returns and made-up ones never come to stand in one folder.
func TestSynthesiseLeavesOtherFilesAlone(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "episodes.csv"), []byte("CHILD"), 0o600))
	out, errors, code := edgeofcare(t, "synthesise", "-o", folder)
	require.Equal(t, exitFailed, code)
	require.Empty(t, out)
	require.Contains(t, errors, "holds episodes.csv, which is not of these files")
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, 1)
	for line, says := range map[string]string{
		"synthesise":                             "--output",
		"synthesise -o main.go":                  "main.go is a file: name a folder",
		"synthesise -o nowhere --children 0":     "0 children: give 1 to 100,000",
		"synthesise -o nowhere --years 21":       "21 years: give 1 to 20",
		"synthesise -o nowhere --seed=-1":        "is not a seed",
		"synthesise -o nowhere --format lines":   "tables are written as",
		"synthesise -o nowhere --faults gap,all": `"all" is no fault`,
	} {
		out, errors, code := edgeofcare(t, strings.Fields(line)...)
		require.NotZero(t, code, line)
		require.Empty(t, out, line)
		require.Contains(t, errors, says, line)
	}
	require.NoDirExists(t, "nowhere")
}
