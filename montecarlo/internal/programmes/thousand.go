package programmes

import (
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Thousand is 1,000 children, 312 weeks and two arms, in states that a child
// leaves after 30 to 95 weeks on average, at speed 1; at speed 4 after 8 to 24.
// Rows look at both clocks. There are no ages, so that every life is lived to
// the horizon unless the child leaves care.
func Thousand(speed float64) *model.Programme {
	p := Lively()
	p.Name, p.Weeks, p.Ages, p.MinimumReferrals = "thousand", 312, model.Ages{}, model.MinimumReferrals{}
	p.Start = calendar.NewDate(2020, 10, 1)
	// staying is a piece of a row with a mean stay in weeks.
	staying := func(mean float64, first string, second string) []markov.Move {
		leave := speed / mean
		return []markov.Move{{To: first, Probability: 0.6 * leave}, {To: second, Probability: 0.3 * leave}, {To: model.LeftCare, Probability: 0.1 * leave}}
	}
	since, in := 52, 26
	p.Background = map[string]markov.Row{
		"foster": {
			{In: markov.Span{To: in}, Moves: staying(60, "residential", "reunified")},
			{In: markov.Span{From: in}, Moves: staying(95, "residential", "reunified")},
		},
		"residential": {
			{Since: markov.Span{To: since}, Moves: staying(40, "foster", "reunified")},
			{Since: markov.Span{From: since}, Moves: staying(55, "foster", "reunified")},
		},
		"reunified": {{Moves: staying(50, "foster", "residential")}},
	}
	failing := markov.Row{
		{In: markov.Span{To: in}, Moves: staying(30, "residential", "reunified")},
		{In: markov.Span{From: in}, Moves: staying(80, "residential", "reunified")},
	}
	for i := range p.Cohorts {
		c := &p.Cohorts[i]
		c.Referrals = model.Referrals{Children: 500, Last: 51}
		c.Background, c.Failure, c.AlreadyThere = nil, failing, 0
		c.Lag, c.Tracking, c.StartProbability = 13, 104, 0.9
	}
	p.Cohorts[1].Failure = markov.Row{{Moves: staying(50, "foster", "residential")}}
	p.Contract.Metrics = p.Contract.Metrics[:2]
	for i := range p.Contract.Metrics {
		m := &p.Contract.Metrics[i]
		m.States, m.Trigger = nil, &contract.FullWeeks{First: 1, Window: 104, CapPerChild: 104}
	}
	return p
}
