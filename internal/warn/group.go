package warn

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Group is one warning about several versions. Where it comes to another amount in
// each, the warning is the one with the largest.
type Group struct {
	Warning
	Labels  []string // of the versions that have it; none where nothing is to be told apart
	Largest string   // the label of the one whose figures these are; empty where all have the same
	all     bool     // whether every version has it
}

// String is the warning in a sentence, with those that have it.
func (g Group) String() string {
	who := words.And(g.Labels)
	if g.all && len(g.Labels) > 3 {
		who = "all"
	}
	if g.Largest != "" {
		who += "; the figures are those of " + g.Largest
	}
	if who != "" {
		who = " (" + who + ")"
	}
	return "Warning" + who + ": " + g.Text + "."
}

// Grouped puts together what versions have in common, in the order in which it is
// found: the same text, or the same kind about the same setting with other amounts.
// Labels name the versions, and may be empty.
func Grouped(labels []string, found [][]Warning) []Group {
	var groups []Group
	place, versions := map[string]int{}, map[string]map[int]bool{}
	for i, warnings := range found {
		times := map[string]int{}
		for _, w := range warnings {
			key := w.Text
			if w.Path != "" {
				times[w.Kind+"\n"+w.Path]++
				key = fmt.Sprintf("%s\n%s\n%d", w.Kind, w.Path, times[w.Kind+"\n"+w.Path])
			}
			if _, ok := place[key]; !ok {
				place[key], versions[key] = len(groups), map[int]bool{}
				groups = append(groups, Group{Warning: w})
			}
			groups[place[key]].join(labels[i], w)
			versions[key][i] = true
			groups[place[key]].all = len(versions[key]) == len(found)
		}
	}
	return groups
}

// join adds a version to the group.
func (g *Group) join(label string, w Warning) {
	differs := w.Text != g.Text
	if differs && g.Largest == "" && len(g.Labels) > 0 {
		g.Largest = g.Labels[0]
	}
	if differs && w.Amount > g.Amount {
		g.Warning, g.Largest = w, label
	}
	if label != "" && !slices.Contains(g.Labels, label) {
		g.Labels = append(g.Labels, label)
	}
}

// Versions returns the warnings about versions of which a page has no results, each
// once with the labels of the versions that have it. What cannot be worked out is
// left to the run that reports it.
func Versions(prices contract.Prices, labels []string, versions ...*scenario.Version) []Group {
	found := make([][]Warning, len(versions))
	for i, v := range versions {
		found[i], _ = Programme(v, prices)
	}
	return Grouped(labels, found)
}

// File returns the warnings about a programme file: those about its cases, and those
// about the file as a whole.
func File(d *scenario.Document) ([]Group, error) {
	cases, err := casesOf(d)
	if err != nil {
		return nil, err
	}
	var labels []string
	var found [][]Warning
	for _, v := range cases {
		warnings, err := Programme(v, contract.Constant)
		if err != nil {
			return nil, err
		}
		labels, found = append(labels, v.Case), append(found, warnings)
	}
	whole, err := wholeFile(d, cases)
	return append(Grouped(labels, found), Grouped([]string{""}, [][]Warning{whole})...), err
}
