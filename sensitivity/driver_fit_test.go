package sensitivity_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Newpin pays for restorations. Its variant "paid by tiers" has no tariff for them and one
// in tiers for another metric, which the driver of tariffs must then change; without any
// tariff there is nothing that it could change.
func TestDriversFitWhatIsPutOnTheCase(t *testing.T) {
	d := open(t, "newpin")
	tariffs := driver(t, d, "tariffs")
	o := few(2)
	tiers, err := o.version(t, d).With("paid by tiers")
	require.NoError(t, err)
	unpaid, err := o.version(t, d).With("{metrics.restorations.tariff=none}")
	require.NoError(t, err)
	drivers := []sensitivity.Driver{tariffs, driver(t, d, "referrals")}

	s, err := sensitivity.Stress(context.Background(), tiers, []string{"tariffs down 10%"}, o.runs())
	require.NoError(t, err)
	assert.Equal(t, "{metrics.restored in June 2020.tariff.tiers.*.amount*=0.9}", s.Stressed[0].OnTop)
	r, err := sensitivity.Reverse(context.Background(), tiers, drivers, montecarlo.LosesMoney, 0.5, o.runs())
	require.NoError(t, err)
	assert.Len(t, r.Answers, 2)
	assert.Empty(t, r.LeftOut)

	_, err = sensitivity.Stress(context.Background(), unpaid, []string{"tariffs down 10%"}, o.runs())
	assert.ErrorContains(t, err, `stress "tariffs down 10%": the driver "tariffs" fits the file and not what was put on the case: `)
	_, err = sensitivity.Grid(context.Background(), unpaid, tariffs, drivers[1], []float64{1}, []float64{1}, o.runs())
	assert.ErrorContains(t, err, `the driver "tariffs" fits the file and not what was put on the case`)
	r, err = sensitivity.Reverse(context.Background(), unpaid, drivers, montecarlo.LosesMoney, 0.5, o.runs())
	require.NoError(t, err)
	assert.Len(t, r.Answers, 1)
	assert.Equal(t, []string{"tariffs"}, r.LeftOut)
}
