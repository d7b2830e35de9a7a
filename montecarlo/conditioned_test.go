package montecarlo_test

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func dn2Version(t *testing.T, text string) *scenario.Version {
	t.Helper()
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version(text)
	require.NoError(t, err)
	return v
}

// In a case that is held to what was paid, the inputs that are held come from the table
// together, and every other input is as without it, and as in the other cases.
func TestCaseHeldToWhatWasPaid(t *testing.T) {
	base := dn2Version(t, "base")
	o := montecarlo.Options{Seed: 3, Replications: 1500, TotalsOnly: true, Undivided: true}
	run := func(v *scenario.Version, o montecarlo.Options) (*montecarlo.Result, [][]float64) {
		r, err := montecarlo.Run(t.Context(), v, o)
		require.NoError(t, err)
		values, err := r.InputValues(t.Context())
		require.NoError(t, err)
		return r, values
	}
	held, values := run(base, o)
	medium, inMedium := run(dn2Version(t, "medium"), o)
	o.Unconditioned = true
	free, byLaw := run(base, o)

	c := base.Programme.Conditioned
	require.Equal(t, c.Digest, held.Conventions.Conditioned.Digest)
	require.Nil(t, free.Conventions.Conditioned)
	require.Nil(t, medium.Conventions.Conditioned)
	rows := map[int]bool{}
	for replication := range 300 {
		row := -1
		for i, u := range base.Programme.Uncertain {
			x := values[i][replication]
			k := slices.Index(c.Inputs, u.Path)
			if k < 0 {
				require.Equal(t, byLaw[i][replication], x, u.Path)
				require.InDelta(t, inMedium[i][replication], x, 1e-12*math.Abs(x), u.Path)
				continue
			}
			if row < 0 {
				row = slices.Index(c.Draws[k], x)
				require.GreaterOrEqual(t, row, 0)
			}
			require.Equal(t, c.Draws[k][row], x, u.Path)
		}
		rows[row] = true
	}
	require.Greater(t, len(rows), 220) // of 300 out of 1,000

	width := func(r *montecarlo.Result) float64 {
		s, err := r.Totals.Find(montecarlo.PaymentsToDate)
		require.NoError(t, err)
		return s.Quantiles[len(s.Quantiles)-1].Value - s.Quantiles[0].Value
	}
	require.Less(t, width(held), 0.5*width(free))
	central := func(r *montecarlo.Result) float64 {
		s, err := r.Totals.Find(montecarlo.NetPublic)
		require.NoError(t, err)
		return s.Central
	}
	require.Equal(t, central(free), central(held))

	// At fixed rates there is nothing to hold.
	o.Unconditioned, o.FixedRates = false, true
	fixed, none := run(base, o)
	require.Nil(t, none)
	require.Nil(t, fixed.Conventions.Conditioned)
}

// The means of the values in the table are known, and control variates use them.
func TestKnownMeansOfHeldDraws(t *testing.T) {
	r, err := montecarlo.Run(t.Context(), dn2Version(t, "base"), montecarlo.Options{Seed: 1, TotalsOnly: true, Undivided: true, Until: &montecarlo.Until{Share: 0.01, Measures: []string{montecarlo.Payments}}})
	require.NoError(t, err)
	known := r.Stopping.Means[0]
	require.Greater(t, known.Gain, 1.2)
	far, err := montecarlo.Run(t.Context(), dn2Version(t, "base"), montecarlo.Options{Seed: 2, TotalsOnly: true, Undivided: true, Replications: 6000})
	require.NoError(t, err)
	other, err := far.Totals.Find(montecarlo.Payments)
	require.NoError(t, err)
	require.InDelta(t, other.Mean, known.Mean, 4*math.Hypot(known.StdErr, *other.StdErr))
}

// What cannot be with draws that are held is an error that says what to do, and versions
// that are compared are drawn alike.
func TestHeldDrawsAmongOthers(t *testing.T) {
	base := dn2Version(t, "base")
	o := montecarlo.Options{Seed: 1, Replications: 50, TotalsOnly: true, Undivided: true}
	c, err := montecarlo.Compare(t.Context(), []*scenario.Version{base, dn2Version(t, "base + {unit costs.residential=5200}"), dn2Version(t, "medium")}, "", o)
	require.NoError(t, err)
	require.NotNil(t, c.Results[0].Conventions.Conditioned)
	require.NotNil(t, c.Results[1].Conventions.Conditioned)
	require.Nil(t, c.Results[2].Conventions.Conditioned)
	c, err = montecarlo.Compare(t.Context(), []*scenario.Version{base, dn2Version(t, "base + flat tariffs")}, "", o)
	require.NoError(t, err)
	require.Nil(t, c.Results[0].Conventions.Conditioned)
	require.Contains(t, c.Results[1].Conventions.Uncertainty, "because what is on top of the case changes what they depend on")

	common := o
	common.Common = &montecarlo.Common{Seed: 1}
	_, err = montecarlo.Run(t.Context(), base, common)
	require.ErrorContains(t, err, "Options.Unconditioned")

	text, err := json.Marshal(base.Programme)
	require.NoError(t, err)
	back := *base.Programme
	back.Conditioned = nil
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, base.Programme.Fingerprint(), back.Fingerprint())
	again := *base
	again.Programme = &back
	_, err = montecarlo.Run(t.Context(), &again, o)
	require.ErrorContains(t, err, "read back from JSON")

	changed := *base.Programme
	changed.UnitCosts = slices.Clone(changed.UnitCosts)
	changed.UnitCosts[0].PerWeek = changed.UnitCosts[1].PerWeek
	changed.Uncertain = slices.DeleteFunc(slices.Clone(changed.Uncertain), func(u model.Uncertain) bool { return len(u.Values) > 0 })
	again.Programme = &changed
	_, err = montecarlo.Run(t.Context(), &again, o)
	require.Error(t, err)

	// Parts of a run by the laws do not go with parts of one that is held.
	shard := func(i int, unconditioned bool) io.Reader {
		one := o
		one.Unconditioned = unconditioned
		part, err := montecarlo.RunShard(t.Context(), base, one, montecarlo.Shard{Index: i, Of: 2})
		require.NoError(t, err)
		var file bytes.Buffer
		_, err = part.WriteTo(&file)
		require.NoError(t, err)
		return &file
	}
	_, err = montecarlo.MergeFrom(base, shard(1, false), shard(2, true))
	require.ErrorContains(t, err, "choice of draws from the laws of the file")
	whole, err := montecarlo.MergeFrom(base, shard(1, false), shard(2, false))
	require.NoError(t, err)
	require.NotNil(t, whole.Conventions.Conditioned)
}
