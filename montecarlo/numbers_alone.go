package montecarlo

import (
	"reflect"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/copies"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// outlineOf is a programme without its words and without the numbers that a draw
// writes into tables, prices and costs of delivery. Programmes with equal outlines
// differ in numbers alone, and can take turns in one workshop. What is not named here
// stays in the outline, so that programmes that differ in it are kept apart.
func outlineOf(p *model.Programme) *model.Programme {
	q := *p
	q.Name, q.Title, q.About, q.Cautions, q.NotInRanges = "", "", "", nil, ""
	q.Recorded, q.Sources, q.Register, q.Uncertain, q.Correlations, q.MadeCertain = nil, nil, nil, nil, nil, nil
	q.UnitCosts = nil // prices are each setting's own
	q = copies.Deep(q)
	withoutRates(q.Background)
	for i := range q.Cohorts {
		c := &q.Cohorts[i]
		c.Title, c.StartProbability, c.Referrals.Children, c.CashableShare = "", 0, 0, decimal.Decimal{}
		withoutRates(c.Background)
		withoutRates(map[string]markov.Row{"": c.Failure})
	}
	for i := range q.Contract.Metrics {
		q.Contract.Metrics[i].Tariff.Amount = decimal.Decimal{}
	}
	if d := q.Delivery; d != nil {
		d.Scale, d.PerReferral, d.PerStart, d.PerCaseWeek = decimal.NullDecimal{}, decimal.Decimal{}, decimal.Decimal{}, decimal.Decimal{}
	}
	return &q
}

// withoutRates takes the probabilities off moves.
func withoutRates(rows map[string]markov.Row) {
	for _, row := range rows {
		for _, piece := range row {
			for i := range piece.Moves {
				piece.Moves[i].Probability = 0
			}
		}
	}
}

// numbersAlone reports whether programmes with these outlines differ in numbers alone.
func numbersAlone(a, b *model.Programme) bool { return reflect.DeepEqual(a, b) }
