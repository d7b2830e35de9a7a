package contract_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Every cell is reached by exactly one address, the quarter last.
func TestCellsOfCounts(t *testing.T) {
	s := &contract.Shape{
		Quarters: quarters("Q3 2020/21", 5), Commissioners: []string{"a", "b", "c"}, Cohorts: []string{"k", "l"},
		States: []string{"s", "t", "u", "v"}, Metrics: []string{"m", "n"},
	}
	counts := contract.NewCounts[int64](s)
	next := int64(0)
	fill := func(series []int64) {
		require.Len(t, series, 5)
		for q := range series {
			next++
			series[q] = next
		}
	}
	for _, w := range []contract.Window{contract.Tracking, contract.AfterTracking} {
		for _, a := range contract.Arms() {
			for k := range s.Cohorts {
				for c := range s.Commissioners {
					for i := range s.States {
						fill(counts.WeeksIn(w, a, k, c, i))
					}
				}
			}
		}
	}
	for m := range s.Metrics {
		for c := range s.Commissioners {
			fill(counts.UnitsOf(m, c))
		}
	}
	for k := range s.Cohorts {
		for c := range s.Commissioners {
			fill(counts.ReferredIn(k, c))
		}
	}
	for k := range s.Cohorts {
		for c := range s.Commissioners {
			fill(counts.StartedIn(k, c))
		}
	}
	for k := range s.Cohorts {
		for c := range s.Commissioners {
			next++
			counts.Early[s.Row(k, c)] = next
		}
	}
	seen := int64(0)
	for _, cells := range [][]int64{counts.Weeks, counts.Units, counts.Referred, counts.Started, counts.Early} {
		for _, n := range cells {
			seen++
			require.Equal(t, seen, n)
		}
	}
	require.Equal(t, next, seen)

	counts.Reset()
	require.Equal(t, contract.NewCounts[int64](s), counts)
}

// The number of a row is where its series stands among the cells.
func TestRowsOfShape(t *testing.T) {
	s := &contract.Shape{
		Quarters: quarters("Q3 2020/21", 5), Commissioners: []string{"a", "b", "c"}, Cohorts: []string{"k", "l"},
		States: []string{"s", "t", "u", "v"}, Metrics: []string{"m", "n"},
	}
	counts := contract.NewCounts[int64](s)
	ledger := contract.NewLedger(s, []string{"Fund", "a", "b", "c"})
	same := func(cells []int64, row int, series []int64) {
		t.Helper()
		require.Same(t, &cells[row*len(s.Quarters)], &series[0])
	}
	rows := 0
	for _, w := range []contract.Window{contract.Tracking, contract.AfterTracking} {
		for _, a := range contract.Arms() {
			for k := range s.Cohorts {
				for c := range s.Commissioners {
					for i := range s.States {
						same(counts.Weeks, s.WeeksRow(w, a, k, c, i), counts.WeeksIn(w, a, k, c, i))
						require.Equal(t, rows, s.WeeksRow(w, a, k, c, i))
						rows++
					}
				}
			}
		}
	}
	require.Len(t, counts.Weeks, rows*len(s.Quarters))
	for c := range s.Commissioners {
		for i := range 2 { // of two metrics and of two cohorts
			row := s.Row(i, c)
			same(counts.Units, row, counts.UnitsOf(i, c))
			same(counts.Referred, row, counts.ReferredIn(i, c))
			same(counts.Started, row, counts.StartedIn(i, c))
			same(counts.Preparing, row, counts.PreparingIn(i, c))
			same(ledger.Allowed, row, ledger.AllowedOf(i, c))
			same(ledger.Cashable, row, ledger.CashableOf(i, c))
		}
		for p := range ledger.Payers {
			same(ledger.Payments, s.Row(p, c), ledger.PaymentsOf(p, c))
		}
	}
}

func TestStateSet(t *testing.T) {
	set := contract.StateSet(0).Add(0).Add(contract.MaxStates - 1)
	require.True(t, set.Has(0))
	require.True(t, set.Has(63))
	require.False(t, set.Has(1))
	require.False(t, set.Has(contract.MaxStates))
}
