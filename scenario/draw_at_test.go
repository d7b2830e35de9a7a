package scenario_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// The values of a draw give the same programme again, whatever kinds of inputs and
// alternatives they are of.
func TestAtTheValuesOfADraw(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("medium")
	require.NoError(t, err)
	drawer, err := v.Drawer()
	require.NoError(t, err)
	again := drawer.Clone()
	quantiles := make([]float64, len(drawer.Inputs()))
	for n := range 30 {
		for i := range quantiles {
			quantiles[i] = (float64((n*37+i*11)%97) + 0.5) / 97
		}
		want, err := drawer.Draw(quantiles)
		require.NoError(t, err)
		got, err := again.At(slices.Clone(want.Values))
		require.NoError(t, err)
		assert.Equal(t, want.Choice, got.Choice)
		assert.Equal(t, want.Programme, got.Programme)
	}
}

func TestAtRefusesWhatIsNoValue(t *testing.T) {
	v, err := dn2With(t, "cohorts.step-down.failure.to={residential: 14 of 20, foster: 6 of 20}")
	require.NoError(t, err)
	d, err := v.Drawer()
	require.NoError(t, err)
	_, err = d.At([]float64{0.7, 0.3})
	require.NoError(t, err)
	_, err = d.At([]float64{0.7, 0.4})
	require.ErrorContains(t, err, "add up to")
	_, err = d.At([]float64{0.7})
	require.ErrorContains(t, err, "1 values for 2 uncertain inputs")
	_, err = (&scenario.Drawer{}).At(nil)
	require.ErrorContains(t, err, "Version.Drawer")
}
