package scenario

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// recorded reads outcomes that are recorded and never priced.
func (c cursor) recorded() []model.RecordedOutcome {
	var all []model.RecordedOutcome
	for _, n := range c.defined("measures", mostMetrics) {
		f := n.fields("note", "results")
		m := model.RecordedOutcome{Name: n.name, Note: f.may("note").text()}
		for _, result := range f.may("results").named("dates", mostTexts) {
			by, err := calendar.ParseDate(result.name)
			if err != nil {
				result.fault("%s", err)
			} else {
				result.during(by, by, publishedYears)
			}
			m.Results = append(m.Results, model.RecordedResult{By: by, Value: result.number(aNumber)})
		}
		slices.SortStableFunc(m.Results, func(a, b model.RecordedResult) int { return a.By.Compare(b.By) })
		all = append(all, m)
	}
	return all
}
