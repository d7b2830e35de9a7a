package html_test

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report/html"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// pageOf is the page of a small run of a programme of the library.
func pageOf(t *testing.T, name string, change func(*scenario.Version)) html.Page {
	t.Helper()
	d, err := scenario.Open(name)
	require.NoError(t, err)
	v, err := d.Version("")
	require.NoError(t, err)
	if change != nil {
		change(v)
	}
	r, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Replications: 40, Seed: 1, AllValues: true})
	require.NoError(t, err)
	c, err := montecarlo.CompareResults([]*montecarlo.Result{r}, "")
	require.NoError(t, err)
	p := html.Page{Comparison: c, Result: r, Command: "edgeofcare report " + name, Version: "v0"}
	for _, draw := range []struct {
		part, name string
		of         func(...*montecarlo.Result) (*plot.Figure, error)
	}{{html.Members, "net-saving", plot.NetSaving}, {html.Commissioner, "payments", plot.Payments}, {html.Commissioner, "cumulative-payments", plot.CumulativePayments}} {
		figure, err := draw.of(r)
		require.NoError(t, err)
		p.Charts = append(p.Charts, html.Chart{Part: draw.part, Name: draw.name, Figure: figure})
	}
	return p
}

// written is a page as it is written.
func written(t *testing.T, p html.Page) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, p.Write(context.Background(), &b))
	return b.String()
}

// The page has its parts in order, a chart in each place and its figures below, and what
// is needed to make it again.
func TestPageHasItsParts(t *testing.T) {
	page := written(t, pageOf(t, "dn2", nil))
	var ids []string
	for _, found := range regexp.MustCompile(`<section id="([a-z]+)"`).FindAllStringSubmatch(page, -1) {
		ids = append(ids, found[1])
	}
	require.Equal(t, []string{"members", "commissioner", "investor", "evaluator", "assumptions", "conventions", "reproduce", "limits"}, ids)
	require.Equal(t, 3, strings.Count(page, `<figure class="chart" data-chart="`))
	require.Equal(t, 3, strings.Count(page, `<details class="figures"><summary>`))
	require.Equal(t, 3, strings.Count(page, `role="img"`))
	reproduce := page[strings.Index(page, `id="reproduce"`):strings.Index(page, `id="limits"`)]
	for _, fact := range []string{"edgeofcare report dn2", "v0", "<dd>1</dd>", "<dd>40</dd>"} {
		require.Contains(t, reproduce, fact)
	}
	require.Regexp(t, `<dt>Programme hash</dt><dd>[0-9a-f]{16,}</dd>`, reproduce)
	require.Contains(t, page, "no delivery terms", "the comparison of those who provide the capital is not given")
}

// The same page has the same bytes, asks nothing of a network, and is small.
func TestPageIsOneFile(t *testing.T) {
	p := pageOf(t, "dn2", nil)
	page := written(t, p)
	require.Equal(t, page, written(t, p))
	require.Less(t, len(page), 3_000_000)
	body := regexp.MustCompile(`xmlns(:xlink)?="[^"]*"`).ReplaceAllString(page, "")
	require.NotRegexp(t, `(src|href)="?(https?:|//)`, body)
	require.NotRegexp(t, `url\((https?:|//)`, body)
	require.NotContains(t, body, "@import")
	require.NotContains(t, page, "ZgotmplZ", "a text that the template took for unsafe")
}

// Text of a programme is text, wherever it stands.
func TestPageEscapesText(t *testing.T) {
	const hostile = `<script>alert(1)</script><img src=x onerror="alert(2)">`
	page := written(t, pageOf(t, "dn2", func(v *scenario.Version) {
		p := v.Programme
		p.Title, p.About, p.NotInRanges = "A "+hostile, hostile, hostile
		p.Cautions = append(p.Cautions, hostile)
		p.Register[0].Source, p.Register[0].Path = hostile, hostile
	}))
	require.Equal(t, 1, strings.Count(page, "<script>"), "its own alone")
	require.Equal(t, 1, strings.Count(page, "</script>"))
	require.NotContains(t, page, "<img")
	require.Contains(t, page, "A &lt;script&gt;alert(1)&lt;/script&gt;")
}

// What a page lacks is said.
func TestPageLacksAResult(t *testing.T) {
	require.ErrorContains(t, html.Page{}.Write(context.Background(), &bytes.Buffer{}), "there is no result to write")
	p := pageOf(t, "dn2", nil)
	p.Charts[1].Figure = nil
	require.ErrorContains(t, p.Write(context.Background(), &bytes.Buffer{}), "the chart payments has no figure")
}
