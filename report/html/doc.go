// Package html writes a version of a programme and its cases as one page that opens
// from a folder: tables of package report, charts of package plot, no request to any
// network.
//
// The page is whole without scripts: charts are drawn, and each has its figures as a
// table below it. A script of its own adds what a chart says at each of its points, by
// pointer or arrow keys, and buttons that hide a series. All text is escaped.
//
// The files are named for what they make: page.go the page, parts.go what its parts
// hold, chart.go a chart with its table, made.go how the page was made,
// council.go the pages of one council for committee.
package html
