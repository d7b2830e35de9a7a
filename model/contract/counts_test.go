package contract_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Every cell is reached by exactly one address, the quarter last.
func TestCellsOfCounts(t *testing.T) {
	s := &contract.Shape{
		Quarters: quarters("2020Q4", 5), Commissioners: []string{"a", "b", "c"}, Cohorts: []string{"k", "l"},
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

func TestStateSet(t *testing.T) {
	set := contract.StateSet(0).Add(0).Add(contract.MaxStates - 1)
	require.True(t, set.Has(0))
	require.True(t, set.Has(63))
	require.False(t, set.Has(1))
	require.False(t, set.Has(contract.MaxStates))
}
