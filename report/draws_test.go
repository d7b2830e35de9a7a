package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Every value of every figure stands once, as the result has it; the mean of the rows of a
// measure is the mean of the result, events are 0 or 1, and inputs are those that were
// drawn.
func TestWriteDraws(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	var versions []*scenario.Version
	for _, name := range []string{"low", "medium"} {
		v, err := d.Version(name)
		require.NoError(t, err)
		versions = append(versions, v)
	}
	c, err := montecarlo.Compare(context.Background(), versions, "", montecarlo.Options{Seed: 3, Replications: 30, TotalsOnly: true, AllValues: true})
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, WriteDraws(context.Background(), &b, nil, c.Results...))
	records, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"programme", "case", "replication", "measure", "of", "arm", "value", "unit", "price_base", "seed"}, records[0])

	type key struct{ version, measure, of, arm string }
	values := map[key][]float64{}
	for _, r := range records[1:] {
		require.Equal(t, []string{"dn2", "constant 2022/23 prices", "3"}, []string{r[0], r[8], r[9]})
		k := key{r[1], r[3], r[4], r[5]}
		values[k] = append(values[k], number64(t, r[6]))
		require.Equal(t, strconv.Itoa(len(values[k])), r[2])
	}
	for _, r := range c.Results {
		name := r.Version.Name()
		for _, s := range r.Totals {
			require.Equal(t, r.Values(s.Name, s.Of, s.Arm), values[key{name, s.Name, s.Of, s.Arm}], s.Key)
		}
		for _, p := range r.Probabilities {
			happened := values[key{name, p.Name, p.Of, p.Arm}]
			require.Len(t, happened, 30, p.Key)
			sum := 0.0
			for _, v := range happened {
				require.True(t, v == 0 || v == 1, p.Key)
				sum += v / 30
			}
			common := p.Probability
			if p.OtherPairing != nil && p.Pairing == "independent lives" {
				common = p.OtherPairing.Probability
			}
			require.InDelta(t, common, sum, 1e-9, p.Key)
		}
		for _, one := range r.Ranked {
			rates := values[key{name, one.Name, one.Of, one.Arm}]
			require.Len(t, rates, 30)
			lost := 0.0
			for _, v := range rates {
				if math.IsInf(v, -1) {
					lost++
				}
			}
			require.InDelta(t, one.Lost, lost/30, 1e-9, one.Key)
		}
		drawn, err := r.InputValues(context.Background())
		require.NoError(t, err)
		for i, u := range r.Version.Programme.Uncertain {
			require.Equal(t, drawn[i], values[key{name, "uncertain input", string(u.Path), ""}])
		}
	}

	// One measure alone; a slip; and results that have no values.
	b.Reset()
	require.NoError(t, WriteDraws(context.Background(), &b, []string{montecarlo.NetPublic}, c.Results...))
	records, err = csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	require.Len(t, records, 1+2*30)
	require.ErrorContains(t, WriteDraws(context.Background(), &b, []string{"net public savin"}, c.Results...), `did you mean "net public saving"?`)
	require.ErrorContains(t, WriteDraws(context.Background(), &b, nil, nil), "there is no result")
	bare := *c.Results[0]
	bare.Totals = bare.Totals[:1]
	read := &montecarlo.Result{Basis: bare.Basis, Conventions: bare.Conventions, Totals: bare.Totals}
	require.ErrorContains(t, WriteDraws(context.Background(), &b, nil, read), "AllValues")
}

func number64(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	require.NoError(t, err, text)
	return v
}
