package scenario_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func TestReadFund(t *testing.T) {
	fund, err := scenario.ReadFund("fund.yaml", strings.NewReader(`
fund: Two programmes
facility:
  draw order: first loss first
  investors:
    Lender: {commitment: 900000, interest: 6%, interest paid: rolled up}
    Foundation: {commitment: 300000, rank: 2, grant: yes}
shared: [delivery.scale]
correlation of referrals: 30%
`), &model.Programme{})
	require.NoError(t, err)
	require.Equal(t, "Two programmes", fund.Name)
	require.Equal(t, []model.Path{"delivery.scale"}, fund.Shared)
	require.Equal(t, 0.3, fund.Referrals)
	require.Equal(t, model.FirstLoss, fund.Facility.DrawOrder)
	require.Equal(t, 0.06, fund.Facility.TermsOf(fund.Facility.Investors[0]).Interest.Yearly)
	require.True(t, fund.Facility.TermsOf(fund.Facility.Investors[1]).Grant)
}

func TestFaultyFund(t *testing.T) {
	for text, want := range map[string]string{
		"fund: A\n": `fund.yaml:1:1: facility: "facility" is missing`,
		"fund: A\nfacility: {investors: {B: lots}}\nshard: [x]\n":                                                  `there is no setting called "shard": did you mean "shared"?`,
		"fund: A\nfacility: {investors: {B: 1000}}\ncorrelation of referrals: 30\n":                                "30 is more than 1",
		"fund: A\nfacility: {investors: {B: {commitment: 1000, interest: 6}}}\n":                                   "6 is more than 1",
		"fund: A\nfacility: {investors: {B: 1000}}\nfacility: {}\n":                                                "facility",
		"fund: A\nfacility: {investors: {B: 1000}, covenants: {c: {drawn above: 5, then: shout}}}\nshared: none\n": "shout",
	} {
		_, err := scenario.ReadFund("fund.yaml", strings.NewReader(text), &model.Programme{})
		require.ErrorContains(t, err, want, text)
	}
}
