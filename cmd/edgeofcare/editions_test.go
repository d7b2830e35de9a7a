package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A newer edition that was due is cautioned about from the day after, in the pages that
// have figures of the input and in show; without a day there is no caution.
func TestEditionsThatAreOverdue(t *testing.T) {
	on := func(day string, line ...string) string {
		now := time.Time{}
		if day != "" {
			var err error
			now, err = time.Parse(time.DateOnly, day)
			require.NoError(t, err)
		}
		var out, errors bytes.Buffer
		require.Zero(t, run(line, streams{ctx: context.Background(), out: &out, err: &errors, now: now}), errors.String())
		return strings.Join(strings.Fields(out.String()), " ")
	}
	const caution = "Caution: a newer edition was due before today"
	show := []string{"show", "dn2"}
	require.NotContains(t, on("", show...), caution)
	require.NotContains(t, on("2025-09-30", show...), caution) // the day itself
	require.Contains(t, on("2025-10-01", show...), caution+", 1 October 2025, of unit costs.residential (GO Lab case study, 9 December 2022; due 30 September 2025). Look for it")
	for _, line := range [][]string{
		show,
		{"run", "dn2", "-n", "2"},
		{"compare", "dn2", "-n", "2", "--detail"},
		{"invest", "dn2", "-n", "2"},
		{"explain", "net saving", "dn2"},
		{"stress", "dn2", "-n", "2", "--stress", "referrals down 20%"},
		{"size", "dn2", "-n", "2", "--cases", "medium"},
		{"bids", "dn2", "dn2 + flat tariffs", "-n", "2"},
		{"backtest", "dn2", "-n", "2", "--origin", "Q3 2022/23"},
	} {
		text := on("2027-02-06", line...)
		require.Contains(t, text, caution+", 6 February 2027, of discount rate (The Green Book, 5 February 2026; due 5 February 2027) and unit costs.residential", line[0])
		require.Equal(t, 1, strings.Count(text, caution), line[0])
	}
	require.NotContains(t, on("2027-02-06", "show", "dn2", "--set", "discount rate=3%"), "of discount rate (")
}

// A case is named as --case where cases stand side by side too; explain, which runs
// nothing, says which command does.
func TestFlagsOfNeighbouringCommands(t *testing.T) {
	for _, command := range []string{"invest", "compare", "size"} {
		one, errors, code := edgeofcare(t, command, "testdata/invested.yaml", "--case", "low", "-n", "4")
		require.Zero(t, code, errors)
		same, _, _ := edgeofcare(t, command, "testdata/invested.yaml", "--cases", "low", "-n", "4")
		require.Equal(t, same, one)
	}
	_, errors, code := edgeofcare(t, "explain", "net saving", "testdata/plain.yaml", "-n", "50", "--seed", "3")
	require.Equal(t, exitUsage, code)
	require.Contains(t, errors, "explain, which shows the central projection without any replications, does not use --replications (-n) or --seed: leave them out, or use edgeofcare run")
}

// The screen of compare names what its warnings are about, and where they are in full.
func TestScreenNamesWarnings(t *testing.T) {
	out, errors, code := edgeofcare(t, "compare", "testdata/invested.yaml", "-n", "400", "--set", "discount rate=35%")
	require.Zero(t, code, errors)
	require.Contains(t, strings.Join(strings.Fields(out), " "), "--detail has every figure")
	require.Contains(t, strings.Join(strings.Fields(out), " "), "warnings in full")
	require.Contains(t, out, "yearly rate")
}

// Every command that runs a programme says once what may be a mistake in it; where
// there are charts and no page, on standard error.
func TestEveryCommandThatRunsWarnsOnce(t *testing.T) {
	const warning = "discount rate: 35% a year, at which £100 in five years counts as £22 today."
	chart := filepath.Join(t.TempDir(), "chart.svg")
	const file = "testdata/invested.yaml"
	for _, line := range [][]string{
		{"run", file},
		{"compare", file, "--detail"},
		{"invest", file},
		{"bids", file, file + " + referrals down 20%"},
		{"stress", file},
		{"stress", file, "--reverse"},
		{"size", file},
		{"backtest", "testdata/plain.yaml"},
		{"plot", file, "payments", "-o", chart},
		{"plot", file, "net-saving", "-o", chart},
	} {
		out, errors, code := edgeofcare(t, append(line, "-n", "2", "--set", "discount rate=35%")...)
		require.Zero(t, code, errors)
		if line[0] == "plot" {
			out, errors = errors, out
		}
		require.Equal(t, 1, strings.Count(strings.Join(strings.Fields(out), " "), warning), "%v", line)
		require.NotContains(t, errors, warning, "%v", line)
	}
}
