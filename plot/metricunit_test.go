package plot

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// The unit of a metric is what its trigger counts, and not the trigger's name.
func TestUnitOfMetric(t *testing.T) {
	for _, c := range []struct {
		trigger contract.Trigger
		want    words.Unit
	}{
		{&contract.FullWeeks{}, words.Unit{One: "week", Many: "weeks"}},
		{&contract.Days{}, words.Unit{One: "day", Many: "days"}},
		{&contract.Months{}, words.Unit{One: "month", Many: "months"}},
		{&contract.Milestones{Weeks: []int{52}}, words.Unit{One: "milestone", Many: "milestones", PerChild: true}},
		{&contract.Milestones{Weeks: []int{1}, Months: []int{6}}, words.Unit{One: "milestone", Many: "milestones"}},
		{nil, words.Unit{One: "payable unit", Many: "payable units"}},
	} {
		require.Equal(t, c.want, unitOf(&contract.Metric{Trigger: c.trigger}))
	}
}

// Metrics of one unit have a common one; those of several have none.
func TestCommonUnit(t *testing.T) {
	weeks, days := contract.Metric{Trigger: &contract.FullWeeks{}}, contract.Metric{Trigger: &contract.Days{}}
	for want, metrics := range map[string][]contract.Metric{"weeks": {weeks, weeks}, "outcomes": {weeks, days}, "days": {days}} {
		p := &model.Programme{}
		p.Contract.Metrics = metrics
		require.Equal(t, want, commonUnit(p, "outcomes"))
	}
}
