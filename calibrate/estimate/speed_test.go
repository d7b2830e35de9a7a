package estimate_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/calibrate/ssda903"
	"github.com/edgeofcare/edgeofcare/calibrate/synthetic"
)

// returnsOf are made-up returns in memory.
func returnsOf(t testing.TB, s synthetic.Settings) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	_, err := synthetic.Write(s, func(name string, text []byte) error {
		folder[name] = &fstest.MapFile{Data: text}
		return nil
	})
	require.NoError(t, err)
	return folder
}

func spellsOf(t testing.TB, folder fstest.MapFS) []estimate.Spell {
	t.Helper()
	care, err := ssda903.Read(folder)
	require.NoError(t, err)
	var spells []estimate.Spell
	for _, s := range care.Stays(ssda903.DefaultStates()) {
		spells = append(spells, estimate.Spell(s))
	}
	return spells
}

// fitted does all that the command does with spells.
func fitted(t testing.TB, spells []estimate.Spell) {
	t.Helper()
	s := estimate.Settings{InState: []int{13, 52}}
	table, err := estimate.Count(spells, s)
	require.NoError(t, err)
	rates := estimate.Suppress(estimate.Rates(table, 10))
	_, err = estimate.Memoryless(spells, s)
	require.NoError(t, err)
	_, err = estimate.Curves(spells, s, rates, 104)
	require.NoError(t, err)
	_, err = estimate.Rows(rates)
	require.NoError(t, err)
}

// fastest is the shortest of some runs, which other work on the machine lengthens least.
func fastest(run func()) time.Duration {
	least := time.Hour
	for range 7 {
		start := time.Now()
		run()
		least = min(least, time.Since(start))
	}
	return least
}

// All of it, from files to rows, takes a few times as long as dividing the lines of the
// same files at their commas with encoding/csv. Nothing grows with the square of a size.
func TestFromReturnsToRowsTakesAFewTimesTheCommas(t *testing.T) {
	if os.Getenv("EDGEOFCARE_LONG") == "" {
		t.Skip("compares times: one of the long runs")
	}
	folder := returnsOf(t, synthetic.Settings{Children: 3000, Years: 5, Seed: 1, Faults: synthetic.Faults()})
	commas := fastest(func() {
		for name, f := range folder {
			if strings.HasSuffix(name, ".csv") {
				_, err := csv.NewReader(bytes.NewReader(f.Data)).ReadAll()
				require.NoError(t, err)
			}
		}
	})
	all := fastest(func() { fitted(t, spellsOf(t, folder)) })
	t.Logf("commas %v, all %v", commas, all)
	require.Less(t, all, 20*commas)
}

// Five returns with faults, about 3,000 children in each, from files to rows.
func BenchmarkReturns(b *testing.B) {
	folder := returnsOf(b, synthetic.Settings{Children: 6000, Years: 5, Seed: 1, Faults: synthetic.Faults()})
	b.ReportAllocs()
	for b.Loop() {
		fitted(b, spellsOf(b, folder))
	}
}

// The same without reading.
func BenchmarkFit(b *testing.B) {
	spells := spellsOf(b, returnsOf(b, synthetic.Settings{Children: 6000, Years: 5, Seed: 1, Faults: synthetic.Faults()}))
	b.ReportAllocs()
	for b.Loop() {
		fitted(b, spells)
	}
}
