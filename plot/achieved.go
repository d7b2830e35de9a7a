package plot

import (
	"slices"
	"strings"
	"time"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

// achievementOf sets what a programme has achieved beside its target and the
// central projection, in the first of these that it publishes both of: units of
// metrics, a total called "X targeted" and "X achieved …", service users, and
// children by metric.
func achievementOf(e Entry) (contrast, error) {
	p := e.Programme
	by := lastResults(p)
	var counts *contract.Expected
	if e.Result != nil {
		expected := e.Result.Expectation()
		if expected == nil { // as in a result that was read from JSON
			var err error
			if expected, err = expect.Of(p); err != nil {
				return contrast{}, err
			}
		}
		counts = expected.Counts
	}
	for _, of := range []func(*model.Programme, calendar.Date, *contract.Expected) (contrast, bool){
		metricUnits, totalsOfUnits, serviceUsers, childrenByMetric,
	} {
		if c, ok := of(p, by, counts); ok {
			return c, nil
		}
	}
	return noContrast("achievement against a target", ""), nil
}

// lastResults is the last date of published results, unset if there are none.
func lastResults(p *model.Programme) calendar.Date {
	var by calendar.Date
	for _, r := range p.Published.Results {
		if r.By.After(by) {
			by = r.By
		}
	}
	return by
}

// metricUnits adds up units over all metrics with results, if each has a target
// in units of one kind.
func metricUnits(p *model.Programme, by calendar.Date, counts *contract.Expected) (contrast, bool) {
	return byMetric(p, by, counts, "", func(m *contract.Metric) int { return m.TargetUnits })
}

// childrenByMetric adds up children over all metrics with results, which must
// not count a child twice, so there are no service users to prefer. A target that
// is published as that of an earlier stage is said to be one: the later one counts
// service users, of whom no number is published to set beside it.
func childrenByMetric(p *model.Programme, by calendar.Date, counts *contract.Expected) (contrast, bool) {
	c, ok := byMetric(p, by, counts, "children", func(m *contract.Metric) int { return m.TargetChildren })
	for _, t := range p.Published.Totals {
		if ok && t.Name == "service users targeted at an earlier stage" && t.Value.InexactFloat64() == c.target {
			c.earlier = true
		}
	}
	if latest, has := publishedTotal(p, "service users targeted"); has && c.earlier {
		c.later = count(latest) + " service users"
	}
	return c, ok
}

func byMetric(p *model.Programme, by calendar.Date, counts *contract.Expected, unit string, target func(*contract.Metric) int) (contrast, bool) {
	c := noContrast("", unit)
	for _, r := range p.Published.Results {
		if r.By != by {
			continue
		}
		m := metricOf(p, r.Metric)
		if m == nil || target(m) == 0 || m.Trigger == nil {
			return c, false
		}
		switch {
		case unit == "" && c.unit != "" && c.unit != m.Trigger.Definition().Unit.Many:
			return c, false
		case unit == "":
			c.unit = m.Trigger.Definition().Unit.Many
		}
		c.published, c.target = plus(c.published, float64(r.Units)), plus(c.target, float64(target(m)))
		c.modelUnits(counts, m, by)
	}
	c.what, c.date = c.unit, by.Long()
	return c, finite(c.target)
}

// totalsOfUnits finds published totals called "X targeted" and "X achieved to …",
// where X is what every metric counts.
func totalsOfUnits(p *model.Programme, _ calendar.Date, counts *contract.Expected) (contrast, bool) {
	for _, t := range p.Published.Totals {
		unit, ok := strings.CutSuffix(t.Name, " targeted")
		if !ok {
			continue
		}
		for _, a := range p.Published.Totals {
			date, ok := strings.CutPrefix(a.Name, unit+" achieved to ")
			if !ok {
				continue
			}
			c := noContrast(unit, unit)
			c.unit, _, _ = strings.Cut(unit, " ") // "days" of "days out of care", for a label
			c.published, c.target, c.date = a.Value.InexactFloat64(), t.Value.InexactFloat64(), date
			for i := range p.Contract.Metrics {
				c.modelUnits(counts, &p.Contract.Metrics[i], endOfMonth(date))
			}
			return c, true
		}
	}
	return contrast{}, false
}

// endOfMonth is the last day of a month in words: "September 2024". It is unset
// for other words.
func endOfMonth(words string) calendar.Date {
	month, err := time.Parse("January 2006", words)
	if err != nil {
		return calendar.Date{}
	}
	next := month.AddDate(0, 1, 0)
	return calendar.NewDate(next.Year(), next.Month(), 1).AddDays(-1)
}

// serviceUsers sets service users engaged beside those targeted and all
// children who start.
func serviceUsers(p *model.Programme, _ calendar.Date, counts *contract.Expected) (contrast, bool) {
	engaged, ok := publishedTotal(p, "service users engaged")
	targeted, also := publishedTotal(p, "service users targeted")
	if !ok || !also {
		return contrast{}, false
	}
	c := noContrast("service users", "service users")
	c.published, c.target = engaged, targeted
	if counts != nil {
		c.end = 0
		for _, n := range counts.Started {
			c.end += n
		}
	}
	return c, true
}

// publishedTotal is the first published total whose name begins in a way.
func publishedTotal(p *model.Programme, beginning string) (float64, bool) {
	for _, t := range p.Published.Totals {
		if strings.HasPrefix(t.Name, beginning) {
			return t.Value.InexactFloat64(), true
		}
	}
	return 0, false
}

func metricOf(p *model.Programme, name string) *contract.Metric {
	for i := range p.Contract.Metrics {
		if p.Contract.Metrics[i].Name == name {
			return &p.Contract.Metrics[i]
		}
	}
	return nil
}

// modelUnits adds the expected units of a metric that are paid for: those of the
// quarters that end by a date, if there is one, and all of them. Units agreed to
// be deadweight are left out, as they are from what is published.
func (c *contrast) modelUnits(counts *contract.Expected, metric *contract.Metric, by calendar.Date) {
	if counts == nil {
		return
	}
	m := slices.Index(counts.Shape.Metrics, metric.Name)
	if m < 0 {
		return
	}
	paid := 1 - metric.AgreedDeadweight.InexactFloat64()
	for k := range counts.Shape.Commissioners {
		for q, n := range counts.UnitsOf(m, k) {
			c.end = plus(c.end, paid*n)
			if !by.IsZero() && !counts.Shape.Quarters[q].Last().After(by) {
				c.modelled = plus(c.modelled, paid*n)
			}
		}
	}
}

// plus adds to a sum that begins as no number.
func plus(sum, v float64) float64 {
	if !finite(sum) {
		return v
	}
	return sum + v
}
