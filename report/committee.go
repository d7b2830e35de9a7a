package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Committee is what a paper for the committee of one council says, in the order in which
// its members need it. See [ForCommittee].
type Committee struct {
	Council string
	// Title is the title of the paper; Heading and Decision are what is to be decided, or
	// that nothing is.
	Title, Heading, Decision string
	Together                 Table   // all years together, cases side by side
	Contract                 Table   // the terms that the council pays on, and what was paid in fact
	Years                    []Table // each case by financial year
	// OfAll are the cautions of the file and the warnings of the runs, which are about the
	// whole programme and not about the council alone.
	OfAll []string
}

// ForCommittee is the paper of one council for its committee on results, which need series
// by year: see [montecarlo.Options]. The day is that of the paper: if the programme had
// ended by then, no decision is open, and the paper speaks of the past. No day reads as one
// before the end. An error for a name that no council has is a *[scenario.NameError].
func ForCommittee(council string, day calendar.Date, all ...*montecarlo.Result) (Committee, error) {
	page, err := newCouncilPage(council, all)
	if err != nil {
		return Committee{}, err
	}
	page.allYears()
	page.table.Title = "" // the paper has it
	programme := all[0].Version.Programme
	if programme.NotInRanges != "" {
		page.table.Notes = slices.Insert(page.table.Notes, 0, "Not in the ranges: "+programme.NotInRanges)
	}
	c := Committee{Council: council, Together: page.table, Contract: page.contract(), Years: page.years(), OfAll: ofAll(all)}
	if n := len(c.Years); n > 0 {
		c.Years[n-1].Notes = append(c.Years[n-1].Notes, page.notes()...)
	}
	c.decide(all[0], day)
	tables := inCurrency(programme, modelled(append([]Table{c.Together, c.Contract}, c.Years...)...)...)
	c.Together, c.Contract, c.Years = tables[0], tables[1], tables[2:]
	return c, nil
}

// decide says what is to be decided.
func (c *Committee) decide(r *montecarlo.Result, day calendar.Date) {
	end := r.Conventions.Horizon
	c.Title = titleOf(r.Version) + ": what " + c.Council + " pays and what is left to it"
	c.Heading = "The decision"
	c.Decision = fmt.Sprintf("Whether %s pays for outcomes on the terms modelled here. What it would pay itself, what care it would avoid and what would be left to it stand below, each with its range, and how likely it is to save.", c.Council)
	if day.IsZero() || !end.Before(day) {
		return
	}
	c.Title = titleOf(r.Version) + ": what " + c.Council + " paid and what was left to it, as modelled"
	c.Heading = "No decision is open"
	c.Decision = fmt.Sprintf("The programme ended on %s, so that at the day of this paper, %s, nothing on its terms is open. The figures are modelled, and no accounts: what %s would have paid itself, what care would have been avoided and what would have been left to it, each with its range, and how likely a saving was. They serve to look back, and for the next contract.",
		end.Long(), day.Long(), c.Council)
}

// contract lays out the terms that the council pays on in each case, with how far each can
// be relied on, and what was paid in fact.
func (c councilPage) contract() Table {
	s := sideBySide{results: c.results, table: Table{Columns: textColumns("The contract, as modelled"), narrow: true}}
	for _, r := range c.results {
		s.table.Columns = append(s.table.Columns, Column{Heading: headingOf(r.Version)})
	}
	s.row("Share of referrals", func(r *montecarlo.Result) Cell {
		p := r.Version.Programme
		for _, one := range p.Commissioners {
			if one.Name == c.council {
				return text(words.Rate(one.ReferralShare)).reliedOn(p, "commissioners."+c.council)
			}
		}
		return none()
	})
	for _, m := range c.results[0].Version.Programme.Contract.Metrics {
		label := "Tariff of " + m.Name + ", " + unitOf(m).A()
		s.row(label, func(r *montecarlo.Result) Cell { return c.tariff(r.Version.Programme, m.Name) })
	}
	s.row("Most that is paid in all, by all", func(r *montecarlo.Result) Cell {
		p := r.Version.Programme
		if !p.Contract.Cap.Valid {
			return text("no cap")
		}
		return text(stated(p.Contract.Cap.Decimal)+changing(p.Contract.CapIndexation)).reliedOn(p, "contract cap")
	})
	c.toDate(&s)
	s.table.Notes = append(s.table.Notes, grouped(byVersion(c.results...), func(r *montecarlo.Result) []string {
		var payers []string
		for _, payer := range r.Version.Programme.Contract.Payers {
			payers = append(payers, payerInWords(r.Version.Programme, payer))
		}
		return []string{strings.Join(payers, "; ")}
	}, func(text, labels string) string { return "Who pays" + labels + ": " + text + "." })...)
	return s.table
}

// tariff is what the council pays for a unit of a metric.
func (c councilPage) tariff(p *model.Programme, metric string) Cell {
	i := slices.IndexFunc(p.Contract.Metrics, func(m contract.Metric) bool { return m.Name == metric })
	if i < 0 {
		return text("not paid for")
	}
	m := p.Contract.Metrics[i]
	if own, ok := m.Tariff.ByCommissioner[c.council]; ok {
		m.Tariff.Amount = own
	}
	return text(price(m).Text).reliedOn(p, "metrics."+metric+".tariff")
}

// toDate adds what was paid in fact beside what is modelled to the same day.
func (c councilPage) toDate(s *sideBySide) {
	to := c.results[0].Conventions.ToDate
	if to.IsZero() {
		s.table.Notes = append(s.table.Notes, "What has been paid in fact is not published.")
		return
	}
	s.row("Paid in fact to "+to.Last().Long()+", by all", func(r *montecarlo.Result) Cell {
		paid, paths := paidBy(r, to)
		return threeFigures(paid).from(r.Version.Programme, paths...)
	})
	s.add(ofTotal("modelled to that day, by all, mean", montecarlo.PaymentsToDate, "", func(t montecarlo.Summary) Cell { return threeFigures(t.Mean) }).under())
	s.table.Notes = append(s.table.Notes, "What was paid in fact is published for all who pay together, and not for "+c.council+" alone.")
}

// reliedOn says after a term how far it can be relied on, by the register.
func (c Cell) reliedOn(p *model.Programme, path string) Cell {
	if _, ok := register(p, path); !ok {
		return c
	}
	c = c.from(p, path)
	c.Text += ", " + c.Status
	return c
}

// ofAll are the first sentences of the file's cautions, and the warnings of the runs, each
// with the cases that have it.
func ofAll(all []*montecarlo.Result) []string {
	p := all[0].Version.Programme
	var texts []string
	for _, caution := range p.Cautions {
		texts = append(texts, firstSentence(caution))
	}
	texts = append(texts, amountsOfFile("these cautions", texts, p, all[0].Prices)...)
	for i, text := range texts {
		texts[i] = words.In(p.Currency, text)
	}
	return append(texts, warnings(byVersion(all...))...)
}
