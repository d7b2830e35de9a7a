package plot

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// The distribution of the saving is drawn in the pairing that its range comes from,
// with the mean and the probability that tables have, and says which it is.
func TestNetSavingIsDrawnInTheWiderPairing(t *testing.T) {
	r := run(t, version(t, "dn2", "base"), 300)
	net, _ := r.Totals.Of(montecarlo.NetPublic)
	saves, _ := r.Probabilities.Of(montecarlo.Saves)
	require.Equal(t, "independent lives", net.Pairing)
	f, err := NetSaving(r)
	require.NoError(t, err)
	require.Equal(t, []any{net.Mean, net.Quantiles[0].Value, net.Quantiles[2].Value, net.Quantiles[4].Value, saves.Probability}, f.Rows[0][1:])
	require.Contains(t, f.Note, "ranges and probabilities are those of independent lives, which have the wider range")
}

func TestPairingIsSaidByNameWhereItDiffers(t *testing.T) {
	require.Equal(t, "ranges are those with the wider range: low independent lives, high common random numbers",
		paired("ranges", []string{"low", "high"}, []string{"independent lives", "common random numbers"}))
	require.Empty(t, paired("ranges", nil, nil))
	require.Empty(t, paired("ranges", []string{"low"}, []string{""}))

	of := func(pairings ...string) *sensitivity.Curved {
		c := new(sensitivity.Curved)
		for _, pairing := range pairings {
			c.Points = append(c.Points, sensitivity.Point{Saves: montecarlo.ProbabilityOf{Pairing: pairing}})
		}
		return c
	}
	require.Equal(t, "probabilities are those of independent lives, which have the wider range", curvePairings([]*sensitivity.Curved{of("independent lives", "independent lives")}))
	require.Equal(t, "each probability is that of the pairing of a child's two lives with the wider range",
		curvePairings([]*sensitivity.Curved{of("independent lives"), of("common random numbers")}))
}
