package contract

import (
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Largest remainders: the parts add up to the whole, each is the exact share
// rounded one way or the other, and a larger remainder is never passed over.
func TestApportion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1<<50), 1, 8).Draw(t, "weights")
		total := rapid.Int64Range(0, 1<<50).Draw(t, "total")
		parts, remainders := make([]int64, len(weights)), make([]uint64, len(weights))
		apportion(total, weights, parts, remainders)

		sum, all := int64(0), new(big.Int)
		for i, w := range weights {
			sum += parts[i]
			all.Add(all, big.NewInt(w))
		}
		if all.Sign() == 0 {
			require.Zero(t, sum, "nobody has a weight")
			return
		}
		require.Equal(t, total, sum)
		remainder := make([]*big.Int, len(weights))
		up := make([]bool, len(weights))
		for i, w := range weights {
			down := new(big.Int)
			remainder[i] = new(big.Int)
			down.DivMod(new(big.Int).Mul(big.NewInt(total), big.NewInt(w)), all, remainder[i])
			up[i] = parts[i] == down.Int64()+1
			require.True(t, up[i] || parts[i] == down.Int64(), "part %d is not within a penny of its share", i)
		}
		for i := range weights {
			for j := range weights {
				larger := remainder[i].Cmp(remainder[j])
				if up[j] && !up[i] {
					require.True(t, larger < 0 || larger == 0 && j < i, "%d was passed over for %d", i, j)
				}
			}
		}
	})
}

// Between two with shares that add up to 1, largest remainders come to the first
// one's share rounded to the penny: splitInTwo rests on it.
func TestApportionBetweenTwoIsRounding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		share := rapid.OneOf(rapid.Int64Range(0, whole), rapid.Just[int64](whole/2), rapid.Just[int64](0), rapid.Just[int64](whole)).Draw(t, "share")
		total := rapid.OneOf(rapid.Int64Range(0, 20), rapid.Int64Range(0, 1<<50)).Draw(t, "total")
		parts := make([]int64, 2)
		apportion(total, []int64{share, whole - share}, parts, make([]uint64, 2))
		require.Equal(t, []int64{part(total, share), total - part(total, share)}, parts)
	})
}

func TestApportionByHand(t *testing.T) {
	for _, c := range []struct {
		what    string
		total   int64
		weights []int64
		want    []int64
	}{
		{"nothing to share", 0, []int64{1, 2}, []int64{0, 0}},
		{"no weights", 10, []int64{0, 0}, []int64{0, 0}},
		{"one", 7, []int64{3}, []int64{7}},
		{"a tie goes to the first", 1, []int64{5, 5}, []int64{1, 0}},
		{"two odd pennies of three", 5, []int64{1, 1, 1}, []int64{2, 2, 1}},
		{"the larger remainder", 10, []int64{1, 2, 4}, []int64{1, 3, 6}}, // 1.43, 2.86, 5.71
		{"nothing for no weight", 2, []int64{0, 1, 0}, []int64{0, 2, 0}},
		{"£16,689.00 by 27.5% and 72.5%", 1668900, []int64{275_000_000, 725_000_000}, []int64{458948, 1209952}},
	} {
		parts := []int64{9, 9, 9} // left over from before
		apportion(c.total, c.weights, parts, make([]uint64, 3))
		require.Equal(t, c.want, parts[:len(c.weights)], c.what)
	}
}

func TestPart(t *testing.T) {
	require.Equal(t, int64(1), part(1, whole/2), "half a penny, away from 0")
	require.Equal(t, int64(-1), part(-1, whole/2))
	require.Equal(t, int64(0), part(-1, whole/2-1))
	require.Equal(t, int64(1<<62), part(1<<62, whole))
	require.Equal(t, int64(-1<<62), part(-1<<62, whole))
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(-1<<53, 1<<53).Draw(t, "amount")
		share := rapid.Int64Range(0, whole).Draw(t, "share")
		exact := decimal.NewFromInt(amount).Mul(decimal.New(share, -9))
		require.Equal(t, exact.Round(0).IntPart(), part(amount, share))
	})
}

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		given string
		want  int64
		fault string
	}{
		{"0", 0, ""},
		{"9123323", 912332300, ""},
		{"401.10", 40110, ""},
		{"0.01", 1, ""},
		{"1e3", 100000, ""},
		{"0.005", 0, "£0.005 has more than two decimals: write at most two"},
		{"-0.01", 0, "£-0.01 is below 0: it must be £0 or more"},
		{"11258999068426.25", 0, "£11258999068426.25 is too large: amounts go up to £11 trillion"},
	} {
		got, err := pence(decimal.RequireFromString(c.given))
		if c.fault != "" {
			require.EqualError(t, err, c.fault)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, c.want, got)
		require.True(t, decimal.RequireFromString(c.given).Equal(Pounds(got)))
	}
}

func TestShares(t *testing.T) {
	for _, c := range []struct {
		given string
		want  int64
		fault string
	}{
		{"0", 0, ""},
		{"1", whole, ""},
		{"0.275", 275_000_000, ""},
		{"0.333333334", 333_333_334, ""},
		{"0.3333333333", 0, "a share of 0.3333333333 has more than nine decimals: at most nine are allowed"},
		{"-0.1", 0, "a share of -0.1 is outside 0 to 1 (0% to 100%)"},
		{"27.5", 0, "a share of 27.5 is outside 0 to 1 (0% to 100%)"},
	} {
		got, err := shareOf(decimal.RequireFromString(c.given))
		if c.fault != "" {
			require.EqualError(t, err, c.fault)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, c.want, got)
	}
}
