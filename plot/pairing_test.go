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
	require.Equal(t, []any{net.Mean, net.Quantiles[0].Value, net.Quantiles[2].Value, net.Quantiles[4].Value, Share(saves.Probability)}, f.Rows[0][1:])
	require.Contains(t, f.Note, "nobody sees a child's life both with and without the programme: of two assumptions on how they go together, ranges and probabilities take the one with the wider range")
}

// The foot says it without the names of methods, and only where something depends on it.
func TestPairingIsSaidPlainly(t *testing.T) {
	require.Empty(t, paired("ranges", nil))
	require.Empty(t, paired("ranges", []string{""}))
	of := func(pairings ...string) *sensitivity.Curved {
		c := new(sensitivity.Curved)
		for _, pairing := range pairings {
			c.Points = append(c.Points, sensitivity.Point{Saves: montecarlo.ProbabilityOf{Pairing: pairing}})
		}
		return c
	}
	said := curvePairings([]*sensitivity.Curved{of("independent lives"), of("common random numbers")})
	require.Contains(t, said, "probabilities take the one with the wider range")
	require.NotContains(t, said, "random numbers")
	require.Equal(t, said, curvePairings([]*sensitivity.Curved{of("independent lives", "independent lives")}))
}
