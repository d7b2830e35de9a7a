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

// A structure states all terms: nothing that the programme's facility charges, or the day
// on which it is repaid, is left in it. On a programme that states none of them it gives
// the same.
func TestStructuresStateAllTerms(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	var strange []scenario.Edit
	for _, text := range []string{
		"facility.commitment fee=2% real", "facility.repaid on=2025-03-31", "facility.revolving=yes", "facility.interest paid=rolled up",
		"facility.interest=9% real", "facility.preferred return=3% real",
	} {
		e, err := scenario.ParseEdit(text)
		require.NoError(t, err)
		strange = append(strange, e)
	}
	stated, err := d.Version("medium", strange...)
	require.NoError(t, err)
	require.False(t, stated.Programme.Facility.RepaidOn.IsZero())
	require.Len(t, d.Structures(), 4)
	for _, info := range d.Structures() {
		plain, err := d.Version("medium + " + info.Name)
		require.NoError(t, err)
		v, err := stated.With(info.Name)
		require.NoError(t, err)
		for n, i := range v.Programme.Facility.Investors {
			own := v.Programme.Facility.TermsOf(i)
			want := plain.Programme.Facility.TermsOf(plain.Programme.Facility.Investors[n])
			if !own.EarnsInterest() { // what is not earned is not rolled up either
				own.RolledUp, want.RolledUp = false, false
			}
			require.Equal(t, want, own, "%s: %s", info.Name, i.Name)
			require.True(t, own.RepaidOn.IsZero(), "%s: %s", info.Name, i.Name)
			require.Equal(t, info.Name == "revolving facility" && i.Name == "Lender", own.Revolving, "%s: %s", info.Name, i.Name)
			require.Equal(t, own.Revolving, own.CommitmentFee.Yearly > 0, "%s: %s", info.Name, i.Name)
		}
	}
	lender, err := stated.With("revolving facility")
	require.NoError(t, err)
	require.Equal(t, model.Terms{Interest: model.Rate{Yearly: 0.06}, CommitmentFee: model.Rate{Yearly: 0.01}, Revolving: true},
		lender.Programme.Facility.TermsOf(lender.Programme.Facility.Investors[0]))
}

// A programme whose investors commit nothing has no structures, and the error for one
// that is asked for says so.
func TestStructuresNeedCapital(t *testing.T) {
	d, err := scenario.Open("suffolk")
	require.NoError(t, err)
	v, err := d.Version("")
	require.NoError(t, err)
	require.Nil(t, v.Programme.Facility, "name another programme here, which has none")
	require.Empty(t, d.Structures())
	_, err = d.Version(" + first-loss grant")
	require.ErrorContains(t, err, "names none who commit anything")
}
