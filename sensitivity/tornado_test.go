package sensitivity_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func tornado(t *testing.T, d *scenario.Document, measure string, o options) (*sensitivity.Tornadoed, map[string]sensitivity.Bar) {
	t.Helper()
	made, err := sensitivity.Tornado(o.version(t, d), contract.Constant, nil, measure)
	require.NoError(t, err)
	bars := map[string]sensitivity.Bar{}
	for i, bar := range made.Bars {
		bars[bar.Name] = bar
		assert.GreaterOrEqual(t, bar.Swing, abs(bar.High-bar.Low))
		assert.True(t, i == 0 || made.Bars[i-1].Swing >= bar.Swing, "%s is wider than %s", bar.Name, made.Bars[max(0, i-1)].Name)
	}
	return made, bars
}

func TestTornado(t *testing.T) {
	d, o := open(t, "dn2"), options{Case: "medium"}
	made, bars := tornado(t, d, montecarlo.NetPublic, o)
	projection, err := montecarlo.Central(o.version(t, d), contract.Constant)
	require.NoError(t, err)
	central, _ := projection.Totals.Of(montecarlo.NetPublic)
	assert.Equal(t, central.Value, made.Central)
	assert.Equal(t, montecarlo.Pounds, made.Measure.Unit)

	// Every range of the file, at the figures that its variants give.
	for _, pair := range []string{"foster counterfactual", "cost of support at home", "cashable shares"} {
		bar, ok := bars[pair]
		require.True(t, ok, pair)
		for name, got := range map[string]float64{"low " + pair: bar.Low, "high " + pair: bar.High} {
			variant, err := o.version(t, d).With(name)
			require.NoError(t, err)
			projection, err := montecarlo.Central(variant, contract.Constant)
			require.NoError(t, err)
			want, _ := projection.Totals.Of(montecarlo.NetPublic)
			assert.Equal(t, want.Value, got, name)
		}
	}
	cost := bars[sensitivity.ResidentialCost]
	assert.Equal(t, "£3,000 a week", cost.LowLabel)
	assert.Equal(t, "£5,000 a week", cost.HighLabel)
	assert.Less(t, cost.Low, central.Value)
	assert.Greater(t, cost.High, central.Value)
	assert.Equal(t, "206 children", bars["referrals"].LowLabel) // 258 × 0.8
	assert.Zero(t, bars[sensitivity.DeliveryCost].Swing)

	_, bars = tornado(t, d, montecarlo.CapitalRequirement, o)
	assert.Zero(t, bars[sensitivity.ResidentialCost].Swing)
	assert.Less(t, bars[sensitivity.DeliveryCost].Low, bars[sensitivity.DeliveryCost].High)
}

// A bar reaches from the lowest to the highest of low, central and high, also
// where both ends of the input are on one side of the central projection.
func TestTornadoSwingReachesTheCentralProjection(t *testing.T) {
	d := open(t, "dn2")
	dearer := sensitivity.Input{
		Name: "dearer", Low: []scenario.Edit{scenario.Times("unit costs.residential", decimal.New(11, -1))},
		High: []scenario.Edit{scenario.Times("unit costs.residential", decimal.New(12, -1))},
	}
	made, err := sensitivity.Tornado(options{Case: "medium"}.version(t, d), contract.Constant, []sensitivity.Input{dearer}, montecarlo.NetPublic)
	require.NoError(t, err)
	bar := made.Bars[0]
	require.Less(t, made.Central, bar.Low)
	require.Less(t, bar.Low, bar.High)
	assert.InDelta(t, bar.High-made.Central, bar.Swing, 1e-6)
}

// There is no rate of return where the costs of delivery are nothing.
func TestTornadoLeavesOutWhatIsNotDefined(t *testing.T) {
	d := open(t, "dn2")
	free := sensitivity.Input{Name: "gifts", Low: []scenario.Edit{scenario.Set("delivery.scale", "0")}, LowLabel: "all", HighLabel: "none"}
	made, err := sensitivity.Tornado(options{Edits: funded()}.version(t, d), contract.Constant, append(sensitivity.Inputs(d), free), montecarlo.MoneyMultiple, finance.Consortium)
	require.NoError(t, err)
	assert.Equal(t, []string{"gifts"}, made.Undefined)
	assert.NotEmpty(t, made.Bars)
}

func TestTornadoRefuses(t *testing.T) {
	d := open(t, "essex-mst")
	_, err := sensitivity.Tornado(options{}.version(t, d), contract.Constant, nil, montecarlo.Surplus)
	require.ErrorIs(t, err, finance.ErrNoDelivery)
	_, err = sensitivity.Tornado(options{}.version(t, open(t, "dn2")), contract.Constant, nil, "rain")
	require.ErrorContains(t, err, `"rain"`)
	wrong := sensitivity.Input{Name: "wrong", Low: []scenario.Edit{scenario.Set("rain", "1")}}
	_, err = sensitivity.Tornado(options{}.version(t, d), contract.Constant, []sensitivity.Input{wrong}, montecarlo.NetPublic)
	require.ErrorContains(t, err, `input "wrong"`)
}
