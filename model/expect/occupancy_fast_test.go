package expect_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Blocks give what following week by week gives, in every case of the library; and DN2, by
// which they are measured, is followed so, in few of them.
func TestBlocksAreWeeks(t *testing.T) {
	for _, info := range scenario.List() {
		d, err := scenario.Open(info.Name)
		require.NoError(t, err)
		for _, one := range d.Cases() {
			t.Run(info.Name+"/"+one.Name, func(t *testing.T) {
				v, err := d.Version(one.Name)
				require.NoError(t, err)
				fast, err := expect.NewRedraw(v.Programme)
				require.NoError(t, err)
				for _, n := range fast.Blocks() {
					if info.Name == "dn2" {
						require.Positive(t, n)
						require.Less(t, n, 40)
					}
				}
				plain := fast.WithoutBlocks()
				got, err := fast.Counts(v.Programme)
				require.NoError(t, err)
				want, err := plain.Counts(v.Programme)
				require.NoError(t, err)
				quarters := len(want.Shape.Quarters)
				requireSameRows(t, quarters, want.Weeks, got.Weeks)
				requireSameRows(t, quarters, want.Units, got.Units)
			})
		}
	}
}

// requireSameRows requires that rows differ by a share of 1e-12 of their largest cell.
func requireSameRows(t *testing.T, length int, want, got []float64) {
	for from := 0; from < len(want); from += length {
		row := want[from : from+length]
		require.InDeltaSlice(t, row, got[from:from+length], 1e-12*slices.Max(row)+math.SmallestNonzeroFloat64)
	}
}
