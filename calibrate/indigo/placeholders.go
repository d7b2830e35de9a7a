package indigo

import (
	"fmt"
	"slices"
	"strings"
)

// What a programme file must have and INDIGO has not, written so that the file can be
// read and what is published be drawn: one group of no children, outcomes without a price,
// one council for all, and care that costs nothing. All is marked as a placeholder.

// placeholders writes them.
func (d *draft) placeholders() {
	d.line(0, "")
	d.line(0, "# Placeholders: replace them from the contract. ---------------------------------")
	d.line(0, "#")
	d.comment(0, "Nobody is referred and nothing costs anything, so that every modelled figure is 0. They are here so that what is published can be drawn at once.")
	d.line(0, "")
	if d.begins().IsZero() || d.ends().IsZero() {
		d.comment(0, "The file can be read once it has a start and an end, which INDIGO does not give.")
	}
	const note = ", status: assumed, note: a placeholder}"
	d.line(0, "states: {supported (placeholder): {parent: {value: edge of care"+note+"}}")
	d.line(0, "commissioners: {councils (placeholder): {value: 100%"+note+"}")
	d.line(0, "cohorts:")
	d.line(1, "children (placeholder):")
	for _, setting := range [][2]string{
		{"start state", "edge of care"},
		{"planned state", "supported (placeholder)"},
		{"lag", "0 weeks"},
		{"start probability", "0"},
		{"tracking", "1 week"},
		{"failure", "none"},
	} {
		d.line(2, setting[0]+": {value: "+setting[1]+note)
	}
	if d.begins().IsZero() || d.ends().IsZero() {
		d.comment(2, "referrals: the number of children and from when to when they are referred.")
	} else {
		d.referrals(note)
	}
	d.placeholderMetrics()
	d.line(0, "payers: {commissioner: {share: {value: 100%"+note+"}}")
	var costs []string
	for _, state := range []string{"edge of care", "foster", "residential", "reunified"} {
		costs = append(costs, state+": {value: 0"+note)
	}
	d.line(0, "unit costs: {"+strings.Join(costs, ", ")+"}")
}

// referrals writes that nobody is referred, for as long as the programme lasts.
func (d *draft) referrals(note string) {
	d.line(2, fmt.Sprintf("referrals: {children: {value: 0%s, from: {value: %s%s, to: {value: %s%s}", note, d.begins(), note, d.ends(), note))
}

// placeholderMetrics writes the metrics of the export, each with the one unit that its
// results or its target are stated in, and without a price.
func (d *draft) placeholderMetrics() {
	if len(d.Metrics) == 0 {
		d.line(0, "metrics: {}")
		return
	}
	d.line(0, "metrics:")
	written := map[string]bool{}
	for _, m := range d.Metrics {
		name := d.metricNames()[m.ID]
		if written[name] {
			continue
		}
		written[name] = true
		trigger := "milestones: {weeks: [1 week]}"
		switch unit := d.unitOf(m); {
		case strings.Contains(unit, "week"):
			trigger = "full weeks: {first payable week: 0 weeks, window: 1 week, cap per child: 1 week, interruption: ends}"
		case strings.Contains(unit, "day"):
			trigger = "days: {first payable week: 0 weeks, window: 1 week, cap per child: 7 days, interruption: ends}"
		}
		d.line(1, name+":")
		if m.Definition != "" {
			d.line(2, "title: "+text(m.Definition))
		}
		d.line(2, "cohorts: {value: [children (placeholder)], status: assumed, note: a placeholder}")
		d.line(2, "trigger: {value: {"+trigger+"}, status: assumed, note: a placeholder}")
		d.line(2, "tariff: {value: none, status: assumed, note: a placeholder}")
	}
}

// metricNames are the names of metrics in the file, by id.
func (d *draft) metricNames() map[string]string {
	if d.metrics == nil {
		d.metrics = map[string]string{}
		before := d.used
		d.used = map[string]bool{}
		for _, m := range d.Metrics {
			if _, there := d.metrics[m.ID]; !there {
				d.metrics[m.ID] = d.name(m.ID)
			}
		}
		d.used = before
	}
	return d.metrics
}

// unitOf is what a metric's results are stated in or, without one, its target; empty
// where the export does not say.
func (d *draft) unitOf(m Metric) string {
	for _, r := range d.Achievements {
		if r.Metric == m.ID && r.Description != "" {
			return fold(r.Description)
		}
	}
	return fold(m.UnitIs)
}

// results writes what each metric has achieved, where the export says in which unit: a
// number without one may be children, weeks or days.
func (d *draft) results() {
	type result struct{ metric, units string }
	by := map[string][]result{}
	var left []string
	for _, r := range d.Achievements {
		name, known := d.metricNames()[r.Metric]
		switch {
		case !r.Achieved.Valid:
			continue
		case !known || r.Period.To.IsZero() || r.Achieved.Decimal.IsNegative() || !r.Achieved.Decimal.IsInteger():
			left = append(left, fmt.Sprintf("%s %s (%s)", r.Metric, r.Achieved.Decimal, r.Period))
			continue
		case r.Description == "":
			left = append(left, fmt.Sprintf("%s %s (%s, in a unit not stated)", r.Metric, r.Achieved.Decimal, r.Period))
			continue
		}
		day := r.Period.To.String()
		if slices.ContainsFunc(by[day], func(other result) bool { return other.metric == name }) {
			left = append(left, fmt.Sprintf("%s %s (%s, a second figure)", r.Metric, r.Achieved.Decimal, r.Period))
			continue
		}
		by[day] = append(by[day], result{name, r.Achieved.Decimal.String()})
	}
	if len(left) > 0 {
		d.comment(2, "Of results, left out: "+strings.Join(left, "; ")+".")
	}
	if len(by) == 0 {
		return
	}
	d.line(2, "results:")
	days := make([]string, 0, len(by))
	for day := range by {
		days = append(days, day)
	}
	slices.Sort(days)
	for _, day := range days {
		d.line(3, day+":")
		for _, r := range by[day] {
			d.line(4, r.metric+": "+r.units)
		}
	}
}
