package montecarlo_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func TestAKeyIsReadAsItIsWritten(t *testing.T) {
	for text, want := range map[string]montecarlo.Key{
		"net public saving":                                   {Name: montecarlo.NetPublic, Unit: montecarlo.Pounds},
		" net saving ,  Derby ":                               {Name: montecarlo.NetSaving, Of: "Derby", Unit: montecarlo.Pounds},
		"outcome payments, Bristol, North Somerset":           {Name: montecarlo.Payments, Of: "Bristol, North Somerset", Unit: montecarlo.Pounds},
		"weeks lived in to the horizon, foster, intervention": {Name: "weeks lived in to the horizon", Of: "foster", Arm: "intervention", Unit: montecarlo.Weeks},
		"cost of care in the tracking window, counterfactual": {Name: "cost of care in the tracking window", Arm: "counterfactual", Unit: montecarlo.Pounds},
		"cashable saving, against the savings target, Derby":  {Name: "cashable saving, against the savings target", Of: "Derby", Unit: montecarlo.Pounds},
		"net public saving above zero":                        {Name: montecarlo.Saves, Unit: montecarlo.Probability},
	} {
		t.Run(text, func(t *testing.T) {
			got, err := montecarlo.ReadKey(text)
			require.NoError(t, err)
			require.Equal(t, want, got)
			again, err := montecarlo.ReadKey(got.String())
			require.NoError(t, err)
			require.Equal(t, got, again)
		})
	}
	_, err := montecarlo.ReadKey("net savings, Derby")
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
	_, err = montecarlo.ReadKey("net saving,")
	require.ErrorContains(t, err, "nothing stands on one side of a comma")
}
