package plot

import (
	"cmp"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// achievementOf sets what a programme has achieved beside its target and the
// central projection, in the first of these for which it publishes both: units of
// metrics, a total that was targeted and achieved, a total that was targeted and
// engaged, and children by metric.
//
// Without counts of a projection only what is published is set side by side.
func achievementOf(p *model.Programme, counts *contract.Expected) contrast {
	by := lastResults(p)
	for _, of := range []func(*model.Programme, calendar.Date, *contract.Expected) (contrast, bool){
		metricUnits, totalsAchieved, serviceUsers, childrenByMetric,
	} {
		if c, ok := of(p, by, counts); ok {
			return c
		}
	}
	return noContrast("achievement against a target", "")
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
// in the same unit.
func metricUnits(p *model.Programme, by calendar.Date, counts *contract.Expected) (contrast, bool) {
	return byMetric(p, by, counts, "", func(m *contract.Metric) int { return m.TargetUnits })
}

// childrenByMetric adds up children over all metrics with results. It comes last
// because a child may be counted under several metrics. A target that has been
// superseded is said to be an earlier one: the later one is in another unit, in
// which nothing achieved is published.
func childrenByMetric(p *model.Programme, by calendar.Date, counts *contract.Expected) (contrast, bool) {
	c, ok := byMetric(p, by, counts, "children", func(m *contract.Metric) int { return m.TargetChildren })
	if !ok {
		return c, false
	}
	for _, earlier := range p.Published.Totals {
		if earlier.Kind != model.Targeted || !earlier.Superseded || earlier.Value.InexactFloat64() != c.target {
			continue
		}
		c.earlier = true
		if latest, has := p.Published.Total(model.Targeted, earlier.Counts); has {
			c.later = words.Count(latest.Value.InexactFloat64()) + " " + latest.Counts
		}
	}
	return c, true
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
		case unit == "" && c.unit != "" && c.unit != unitOf(m).Many:
			return c, false
		case unit == "":
			c.unit = unitOf(m).Many
		}
		c.published, c.target = plus(c.published, float64(r.Units)), plus(c.target, float64(target(m)))
		c.modelUnits(counts, m, by)
	}
	c.what, c.date = c.unit, by.Long()
	return c, finite(c.target)
}

// totalsAchieved finds a published total with a target and what had been achieved
// by a date. All metrics together count it.
func totalsAchieved(p *model.Programme, _ calendar.Date, counts *contract.Expected) (contrast, bool) {
	for _, achieved := range p.Published.Totals {
		if achieved.Kind != model.Achieved || achieved.Superseded {
			continue
		}
		targeted, ok := p.Published.Total(model.Targeted, achieved.Counts)
		if !ok {
			continue
		}
		c := noContrast(achieved.Counts, commonUnit(p, achieved.Counts))
		c.published, c.target, c.date = achieved.Value.InexactFloat64(), targeted.Value.InexactFloat64(), monthOf(achieved.To)
		c.to = achieved.To
		for i := range p.Contract.Metrics {
			c.modelUnits(counts, &p.Contract.Metrics[i], achieved.To)
		}
		return c, true
	}
	return contrast{}, false
}

// commonUnit is the unit of all metrics, such as "days" for "days out of care", or
// the fallback if they have several.
func commonUnit(p *model.Programme, fallback string) string {
	unit := ""
	for i := range p.Contract.Metrics {
		one := unitOf(&p.Contract.Metrics[i]).Many
		if unit != "" && one != unit {
			return fallback
		}
		unit = one
	}
	return cmp.Or(unit, fallback)
}

// monthOf writes the last day that is counted: the last day of a month as
// "September 2024".
func monthOf(day calendar.Date) string {
	if day.IsZero() || day.AddDays(1).Day() != 1 {
		return day.Long()
	}
	return day.Time().Format("January 2006")
}

// serviceUsers sets how many took part beside how many were targeted and all
// children who start.
func serviceUsers(p *model.Programme, _ calendar.Date, counts *contract.Expected) (contrast, bool) {
	for _, engaged := range p.Published.Totals {
		if engaged.Kind != model.Engaged || engaged.Superseded {
			continue
		}
		targeted, ok := p.Published.Total(model.Targeted, engaged.Counts)
		if !ok {
			continue
		}
		c := noContrast(engaged.Counts, engaged.Counts)
		c.published, c.target = engaged.Value.InexactFloat64(), targeted.Value.InexactFloat64()
		if counts != nil {
			c.end = 0
			for _, n := range counts.Started {
				c.end += n
			}
		}
		return c, true
	}
	return contrast{}, false
}

func metricOf(p *model.Programme, name string) *contract.Metric {
	for i := range p.Contract.Metrics {
		if p.Contract.Metrics[i].Name == name {
			return &p.Contract.Metrics[i]
		}
	}
	return nil
}

// modelUnits adds a metric's expected units that are paid for: those of the
// quarters that end by a date, if there is one, and those of all quarters. Agreed
// deadweight is deducted, as it is from published units.
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

// plus adds to a sum, which is not a number before the first value.
func plus(sum, v float64) float64 {
	if !finite(sum) {
		return v
	}
	return sum + v
}
