package montecarlo

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// Totals that are added up without series are those of the series, to the last bit, also
// where amounts are too large to be added up as whole numbers.
func TestTotalsWithoutSeries(t *testing.T) {
	for name, p := range map[string]*model.Programme{"lively": programmes.Lively(), "DN2": programmes.DN2(t, "high")} {
		tables, err := lives.NewTables(p)
		require.NoError(t, err)
		simulator := tables.Simulator(lives.Jump)
		with, err := prepare(asVersion(p), Options{Replications: 1})
		require.NoError(t, err)
		without, err := prepare(asVersion(p), Options{Replications: 1, TotalsOnly: true})
		require.NoError(t, err)
		for i := range 10 {
			tally, ledger := simulator.Replicate(5, i), with.pricer.NewLedger()
			contract.Price(with.pricer, tally, ledger)
			for _, times := range []int64{1, 1 << 10, 1 << 24} {
				scaled(ledger, times)
				require.Equal(t, totalsOf(with, tally, ledger), totalsOf(without, tally, ledger), "%s, replication %d, times %d", name, i, times)
			}
		}
	}
}

// scaled multiplies the amounts of a ledger.
func scaled(l *contract.Ledger, times int64) {
	for _, cells := range [][]int64{l.Claims, l.Payments, l.Costs, l.Cashable, l.Independent.Costs, l.Independent.Cashable} {
		for i := range cells {
			cells[i] *= times
		}
	}
}

// totalsOf are all figures that are no series, by what they are.
func totalsOf(r *runner, tally *contract.Tally, l *contract.Ledger) map[string]float64 {
	f := newFigures(r.sheet, nil)
	fill(r.sheet, tally, l, f)
	all := map[string]float64{}
	for _, c := range f.columns {
		if c.period == overall {
			all[c.String()+map[bool]string{true: ", independent"}[c.independent]] = f.values[c.at]
		}
	}
	return all
}

// Rows of whole cells add up to the sum of their series, or are left to it.
func TestTotalOfRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const rows, quarters = 5, 7
		cells := rapid.SliceOfN(rapid.Int64Range(-2, rapid.SampledFrom([]int64{9, mostPence - 1, math.MaxInt64}).Draw(t, "most")), rows*quarters, rows*quarters).Draw(t, "cells")
		total, known := totalOf(cells, []int{0, 2, 4}, quarters)
		f := &figures{series: make([]float64, quarters)}
		add(f, cells, []int{0, 2, 4}, 1)
		if known {
			require.Equal(t, sum(f.series), total)
		}
		looked := slices.Concat(cells[:quarters], cells[2*quarters:3*quarters], cells[4*quarters:])
		require.Equal(t, slices.Min(looked) >= 0 && slices.Max(looked) < mostPence, known)
	})
	_, known := totalOf([]float64{1}, []int{0}, 1)
	require.False(t, known)
}
