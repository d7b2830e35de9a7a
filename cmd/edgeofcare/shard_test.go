package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestShardsPrintWhatOneRunPrints(t *testing.T) {
	if testing.Short() {
		t.Skip("runs three times")
	}
	folder := t.TempDir()
	flags := []string{"--case", "high", "--with", "flat tariffs", "--set", "cohorts.*.lag=13"}
	var parts []string
	for _, shard := range []string{"3", "1", "2"} {
		file := filepath.Join(folder, "part"+shard)
		line := append([]string{"run", "dn2", "-n", "40", "--shard", shard + "/3", "-o", file}, flags...)
		out, errors, code := edgeofcare(t, line...)
		require.Zero(t, code, errors)
		require.Contains(t, out, "part"+shard+" written: shard "+shard+"/3, replications ")
		parts = append(parts, file)
	}
	for _, format := range []string{"table", "json", "csv", "markdown"} {
		want, _, code := edgeofcare(t, append([]string{"run", "dn2", "-n", "40", "-f", format}, flags...)...)
		require.Zero(t, code)
		got, errors, code := edgeofcare(t, append(append([]string{"merge", "dn2", "-f", format}, flags...), parts...)...)
		require.Zero(t, code, errors)
		require.Equal(t, want, got)
	}

	_, errors, code := edgeofcare(t, append(append([]string{"merge", "dn2"}, flags...), parts[:2]...)...)
	require.Equal(t, exitFailed, code)
	require.Contains(t, errors, "replications 14 to 26 are missing: run shard 2/3")
	_, errors, code = edgeofcare(t, append([]string{"merge", "dn2"}, parts...)...)
	require.Equal(t, exitFailed, code)
	require.Contains(t, errors, "part3 (shard 3/3): their programme is dn2")
	require.Contains(t, errors, "case high")
}

func TestShardFailures(t *testing.T) {
	file := filepath.Join(t.TempDir(), "part")
	for name, c := range map[string]struct {
		line []string
		code int
		want string
	}{
		"no file":       {[]string{"run", "dn2", "--shard", "1/2"}, exitUsage, "--shard needs a file"},
		"no shard":      {[]string{"run", "dn2", "-o", file}, exitUsage, "add --format"},
		"not a shard":   {[]string{"run", "dn2", "--shard", "half", "-o", file}, exitUsage, "as in 3/16"},
		"beyond":        {[]string{"run", "dn2", "--shard", "3/2", "-o", file}, exitUsage, "1/2 to 2/2"},
		"too many":      {[]string{"run", "dn2", "-n", "3", "--shard", "1/4", "-o", file}, exitFailed, "only 3 replications"},
		"no folder":     {[]string{"run", "dn2", "--shard", "1/4", "-o", filepath.Join(file, "part")}, exitFailed, "part"},
		"no parts":      {[]string{"merge", "dn2"}, exitUsage, "<parts>"},
		"missing part":  {[]string{"merge", "dn2", "nowhere"}, exitFailed, "nowhere"},
		"not a part":    {[]string{"merge", "dn2", "main.go"}, exitFailed, "main.go is not a part of a run"},
		"not a variant": {[]string{"merge", "dn2", "--with", "steep", "main.go"}, exitFailed, "steep tariffs"},
	} {
		t.Run(name, func(t *testing.T) {
			_, errors, code := edgeofcare(t, c.line...)
			require.Equal(t, c.code, code, errors)
			require.Contains(t, errors, c.want)
		})
	}
	left, err := filepath.Glob(file + "*")
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestStoppedShardLeavesNoFile(t *testing.T) {
	folder := t.TempDir()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var out, errors bytes.Buffer
	code := run([]string{"run", "dn2", "--shard", "1/2", "-o", filepath.Join(folder, "part")}, streams{ctx: ctx, out: &out, err: &errors})
	require.Equal(t, 130, code)
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, entries)
}
