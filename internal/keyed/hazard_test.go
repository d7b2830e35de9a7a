package keyed

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The threshold of a word is its logarithm, to the unit or next to it.
func TestThreshold(t *testing.T) {
	right := func(t require.TestingT, w uint64) {
		b := float64(w >> destinationBits)
		exact := -(math.Log(b+0.5) - hazardBits*math.Ln2) * (1 << hazardBits)
		got := float64(Threshold(w))
		require.InDelta(t, exact+0.5, got, 1.5+exact*1e-15, "word %x", w)
		require.GreaterOrEqual(t, Threshold(w), uint64(1))
	}
	for i := range 64 {
		right(t, 1<<i)
		right(t, 1<<i-1)
		right(t, ^uint64(0)>>i)
		right(t, ^(^uint64(0) >> i))
	}
	rapid.Check(t, func(t *rapid.T) { right(t, rapid.Uint64().Draw(t, "word")>>rapid.IntRange(0, 39).Draw(t, "shift")) })
	require.Less(t, Threshold(0), uint64(Certain))
}

// A larger word never has a higher threshold.
func TestThresholdFalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.Uint64().Draw(t, "word")
		step := uint64(1) << destinationBits * rapid.Uint64Range(1, 5).Draw(t, "step")
		if w+step > w {
			require.GreaterOrEqual(t, Threshold(w)+1, Threshold(w+step))
		}
	})
}

func BenchmarkThreshold(b *testing.B) {
	w, sum := uint64(12345), uint64(0)
	for b.Loop() {
		w = Mix(w + Golden)
		sum += Threshold(w)
	}
	require.NotZero(b, sum)
}
