package report

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Every kind of trigger says in one sentence what it pays for.
func TestPaymentRuleInOneSentence(t *testing.T) {
	tariff := contract.Tariff{Amount: decimal.NewFromInt(500)}
	for _, c := range []struct {
		metric contract.Metric
		want   string
	}{
		{
			contract.Metric{Trigger: &contract.FullWeeks{First: 3, Window: 104, CapPerChild: 78, Interruption: contract.Pauses}, Tariff: tariff},
			"£500 is due for each full week that a child spends in the planned placement, from the 4th week after the start to the 104th, at most 78 weeks a child; after a break it is paid again; for children of down.",
		},
		{
			contract.Metric{Trigger: &contract.Days{Window: 104, CapPerChild: 728}, Tariff: tariff, States: []string{"foster", "home, planned"}, AgreedDeadweight: decimal.RequireFromString("0.33")},
			`£500 is due for each day that a child spends in foster or "home, planned", in whole weeks, from the 1st week after the start to the 104th; a break ends the claim; 33% of it is not paid, as agreed deadweight; for children of down.`,
		},
		{
			contract.Metric{Trigger: &contract.Months{First: 1, Window: 24, CapPerChild: 23}, Tariff: contract.Tariff{Amount: decimal.NewFromInt(500), Indexation: decimal.NewNullDecimal(decimal.RequireFromString("0.02"))}, Ages: contract.AgeRange{From: 16}},
			"£500 in cash, rising 2% a year is due for each whole month that a child spends in the planned placement, from the 2nd month after the start to the 24th; a break ends the claim; for children of down, aged 16 and over at the start.",
		},
		{
			contract.Metric{Trigger: &contract.Milestones{Weeks: []int{1, 13}, Months: []int{6}}, Tariff: tariff, Cap: contract.MetricCap{Units: decimal.NewNullDecimal(decimal.NewFromInt(90))}},
			"£500 is due for each time that a child has been in the planned placement for 1 and 13 weeks and 6 months from the start, without a break; in all at most 90 milestones; for children of down.",
		},
		{
			contract.Metric{Trigger: &contract.Milestones{Months: []int{6}}, Tariff: contract.Tariff{Amount: decimal.NewFromInt(500), Beyond: &contract.Beyond{Units: 40, Amount: decimal.NewFromInt(560), Yearly: true}}},
			"£500 is due for each child who has been in the planned placement for 6 months from the start, without a break, £560 beyond 40 milestones in a financial year, of all children together; for children of down.",
		},
		{
			contract.Metric{Trigger: &contract.Engagement{}, Tariff: contract.Tariff{Amount: decimal.NewFromInt(500), ByCommissioner: map[string]decimal.Decimal{"Derby": decimal.NewFromInt(340)}}},
			"the price of the council (£500, or £340 in Derby) is due for each child who starts in the planned placement; for children of down.",
		},
		{
			contract.Metric{Trigger: &contract.Averted{Months: 6}},
			"nothing is due; what is recorded is each child who is in the planned placement 6 months after the start, whatever came between; for children of down.",
		},
		{
			contract.Metric{Trigger: &contract.OnDate{Date: calendar.NewDate(2016, 6, 30)}, Tariff: contract.Tariff{Tiers: []contract.Tier{
				{From: decimal.RequireFromString("0.65"), Amount: decimal.NewFromInt(60000)}, {From: decimal.RequireFromString("0.55"), Amount: decimal.NewFromInt(40000)},
			}}},
			"what is due for each child who has started and is in the planned placement on 30 June 2016, whatever came between depends on how many of all children referred by then that are: £60,000 at 65% or more, £40,000 at 55% or more, nothing below; for children of down.",
		},
	} {
		c.metric.Name, c.metric.Cohorts = "M1", []string{"down"}
		require.Equal(t, "M1: "+c.want, paymentRule(&model.Programme{}, c.metric))
	}
}
