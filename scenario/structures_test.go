package scenario_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// A structure of capital takes the place of a programme's investors, and commits in
// all what these commit.
func TestStructures(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	committed := decimal.RequireFromString("884831") // 451,264 and 433,567
	for _, info := range d.Structures() {
		v, err := d.Version("medium + " + info.Name)
		require.NoError(t, err)
		require.Equal(t, "structure", v.Layers[0].Kind)
		require.NotEmpty(t, info.Note)
		sum, provider := decimal.Zero, ""
		for _, i := range v.Programme.Facility.Investors {
			sum = sum.Add(i.Commitment)
			if i.Provider {
				provider = i.Name
			}
		}
		require.True(t, committed.Equal(sum), "%s: %s", info.Name, sum)
		require.Equal(t, "Polaris", provider, info.Name)
	}
	v, err := d.Version("medium + senior and junior loans")
	require.NoError(t, err)
	senior := v.Programme.Facility.Investors[0]
	require.Equal(t, "619381.7", senior.Commitment.String()) // 884,831 × 0.7
	require.Equal(t, model.Terms{Interest: model.Rate{Yearly: 0.06}, RolledUp: true}, v.Programme.Facility.TermsOf(senior))
	require.Equal(t, model.FirstLoss, v.Programme.Facility.DrawOrder)
}

// A programme whose investors commit nothing has no structures, and the error for one
// that is asked for says so.
func TestStructuresNeedCapital(t *testing.T) {
	d, err := scenario.Open("suffolk")
	require.NoError(t, err)
	v, err := d.Version("")
	require.NoError(t, err)
	if v.Programme.Facility != nil {
		t.Skip("this programme has a facility now")
	}
	require.Empty(t, d.Structures())
	_, err = d.Version(" + first-loss grant")
	require.ErrorContains(t, err, "names none who commit anything")
}
