package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
)

func TestSharesByHand(t *testing.T) {
	for _, c := range []struct {
		what string
		r    model.Referrals
		want []float64
	}{
		{"even", model.Referrals{First: 3, Last: 6}, []float64{.25, .25, .25, .25}},
		{"a ramp of one week is none", model.Referrals{Last: 3, Ramp: 1}, []float64{.25, .25, .25, .25}},
		{"weights ½, 1, 1, 1", model.Referrals{Last: 3, Ramp: 2}, []float64{1 / 7., 2 / 7., 2 / 7., 2 / 7.}},
		{"weights ¼, ½, ¾: the ramp is cut off", model.Referrals{First: 10, Last: 12, Ramp: 4}, []float64{1 / 6., 2 / 6., 3 / 6.}},
		{"one week", model.Referrals{First: 5, Last: 5, Ramp: 26}, []float64{1}},
		{"no week", model.Referrals{First: 5, Last: 4}, []float64{}},
	} {
		require.InDeltaSlice(t, c.want, c.r.Shares(), 1e-15, c.what)
	}
}

// DN2's referrals build up over 26 of 208 weeks. The weights add up to
// (1 + … + 26) / 26 + 182 = 13.5 + 182 = 195.5.
func TestSharesOfDN2(t *testing.T) {
	shares := model.Referrals{Children: 243, Last: 207, Ramp: 26}.Shares()
	require.Len(t, shares, 208)
	require.InDelta(t, 1/26./195.5, shares[0], 1e-15)
	require.InDelta(t, 0.5/195.5, shares[12], 1e-15)
	require.InDelta(t, 1/195.5, shares[25], 1e-15)
	require.InDelta(t, 1/195.5, shares[207], 1e-15)
	// The first year: 13.5 + 26 of 195.5, 49.1 children of 243.
	require.InDelta(t, 49.097, 243*sum(shares[:52]), 0.001)
}

func TestSharesLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := model.Referrals{First: rapid.IntRange(0, 300).Draw(t, "first"), Ramp: rapid.IntRange(0, 400).Draw(t, "ramp")}
		r.Last = r.First + rapid.IntRange(0, 300).Draw(t, "weeks")
		shares := r.Shares()
		require.Len(t, shares, r.Last-r.First+1)
		require.InDelta(t, 1, sum(shares), 1e-12)
		for i, share := range shares {
			require.Positive(t, share)
			if i > 0 {
				require.GreaterOrEqual(t, share, shares[i-1])
			}
			if i > 0 && i >= r.Ramp {
				require.Equal(t, shares[i-1], share, "after the ramp all are alike")
			}
		}
	})
}

func sum(figures []float64) (total float64) {
	for _, f := range figures {
		total += f
	}
	return total
}
