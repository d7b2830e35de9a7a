package main

import (
	"errors"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// publishedCharts are the charts that can be drawn of published figures alone, with
// plot --published.
var publishedCharts = []chart{
	{"payments", "What was planned and what was paid, quarter by quarter? For councils and evaluators.", nil, needPublishedPayments, (*drawing).publishedPayments},
	{"cumulative-payments", "How much was paid in all, beside the plans and the cap? For councils' finance officers and investors.", nil, needPublishedPayments, (*drawing).publishedCumulative},
	{"achievements", "How much of each target was achieved? For councils and providers.", nil, needPublishedResults, (*drawing).publishedAchievements},
	{"programmes", "How does the programme compare with the others of the Life Chances Fund? For funders and evaluators.", nil, needSterling, (*drawing).publishedProgrammes},
}

// publishedChart is the chart of a name that is drawn of published figures alone.
func publishedChart(name string) (*chart, error) {
	i := slices.IndexFunc(publishedCharts, func(one chart) bool { return one.name == name })
	if _, err := chartNamed(name); err != nil {
		return nil, err
	}
	if i < 0 {
		return nil, misused("the chart %s shows what is modelled: with --published draw %s, or leave out --published", name, words.Or(chartNamesOf(publishedCharts)))
	}
	return &publishedCharts[i], nil
}

func needPublishedPayments(v *scenario.Version) error {
	if out := v.Programme.Published; len(out.Plans) == 0 && len(out.Actual) == 0 {
		return errors.New("the file has no published plans or payments by quarter")
	}
	return nil
}

func needPublishedResults(v *scenario.Version) error {
	if len(v.Programme.Published.Results) == 0 {
		return errors.New("the file has no published results of a metric")
	}
	return nil
}

// ofProgramme draws a chart of the programme as it is published.
func (d *drawing) ofProgramme(draw func(*model.Programme) (*plot.Figure, error)) (*plot.Figure, error) {
	v, err := d.one()
	if err != nil {
		return nil, err
	}
	return draw(v.Programme)
}

func (d *drawing) publishedPayments() (*plot.Figure, error) {
	return d.ofProgramme(plot.PublishedPayments)
}

func (d *drawing) publishedCumulative() (*plot.Figure, error) {
	return d.ofProgramme(plot.PublishedCumulativePayments)
}

func (d *drawing) publishedAchievements() (*plot.Figure, error) {
	return d.ofProgramme(plot.PublishedAchievements)
}

func (d *drawing) publishedProgrammes() (*plot.Figure, error) {
	own, err := d.one()
	if err != nil {
		return nil, err
	}
	all, err := d.besideTheFund(own)
	if err != nil {
		return nil, err
	}
	var programmes []*model.Programme
	for _, v := range all {
		programmes = append(programmes, v.Programme)
	}
	return plot.PublishedProgrammes(programmes...)
}
