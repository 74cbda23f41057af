# SPDX-License-Identifier: Apache-2.0
# Results of utvei in R: which tables there are, a table with labels, a paired difference with its error. Needs rhdf5
# (Bioconductor; Debian: r-bioc-rhdf5). Reading a result file shows what is in it: one made from a register stays where
# the register is.
#
#   source("utvei.R")
#   utvei_tables("runs/baseline.h5")
#   utvei_table("runs/baseline.h5", "person_years", language = "nb")
#   utvei_difference("runs/baseline.h5", "runs/what_if.h5", "person_years", by = "state")

# Heads on a day: adding them over years or days counts the same people again.
utvei_heads <- c("stock", "defined", "defined_of", "queue_length", "in_measure", "income_state", "three_years_known",
                 "income_histogram")

utvei_read <- function(path, name) rhdf5::h5read(path, name, bit64conversion = "double")

utvei_names <- function(path) rhdf5::h5ls(path, recursive = 1)

# NULL where there is none. One by one: rhdf5 warns of those that it cannot read.
utvei_attribute <- function(path, object, name) {
  file <- rhdf5::H5Fopen(path, flags = "H5F_ACC_RDONLY")
  on.exit(rhdf5::H5Fclose(file))
  there <- rhdf5::H5Oopen(file, object)
  on.exit(rhdf5::H5Oclose(there), add = TRUE, after = FALSE)
  if (!rhdf5::H5Aexists(there, name)) return(NULL)
  attribute <- rhdf5::H5Aopen(there, name)
  on.exit(rhdf5::H5Aclose(attribute), add = TRUE, after = FALSE)
  rhdf5::H5Aread(attribute)
}

utvei_about <- function(path) {
  root <- rhdf5::h5readAttributes(path, "/", bit64conversion = "double")
  if (!identical(as.character(root$format), "utvei-result")) stop(path, ": not a result of `utvei run`", call. = FALSE)
  root
}

# The scales of a table: `scale` is what a dimension is called in the file, `name` in the result (year_2 is a year).
utvei_axes <- function(path, table) {
  scales <- utvei_attribute(path, table, "scales")
  if (is.null(scales)) stop(path, ": made by an earlier version of utvei; run the scenario again", call. = FALSE)
  names <- vapply(scales, function(scale) {
    plain <- utvei_attribute(path, scale, "dimension")
    if (is.null(plain)) scale else as.character(plain)
  }, "")
  list(name = unname(names), codes = lapply(scales, function(scale) as.character(rhdf5::h5read(path, scale))))
}

# Words for codes where the file has them, else the codes.
utvei_labels <- function(path, dimension, codes, language) {
  what <- if (dimension == "next_state") "state" else dimension
  there <- utvei_names(path)$name
  asked <- if (what == "region") "region_name" else paste0(what, "_label_", unique(c(language, "nb", "en", "nn")))
  words <- rep("", length(codes))
  for (dataset in intersect(asked, there)) {
    found <- as.character(rhdf5::h5read(path, dataset))[match(codes, as.character(rhdf5::h5read(path, what)))]
    words <- ifelse(words == "" & !is.na(found), found, words)
  }
  ifelse(words == "", codes, words)
}

utvei_tables <- function(path) {
  utvei_about(path)
  there <- utvei_names(path)
  there <- there$name[there$otype == "H5I_DATASET"]
  there <- there[vapply(there, function(name) !is.null(utvei_attribute(path, name, "quantity")), TRUE)]
  text <- function(name, attribute) as.character(utvei_attribute(path, name, attribute))
  data.frame(table = there, units = vapply(there, text, "", "units"),
             dimensions = vapply(there, function(name) paste(utvei_axes(path, name)$name, collapse = " "), ""),
             meaning = vapply(there, text, "", "long_name"), row.names = NULL)
}

# One line a cell: codes, NAME_label where the file has words for them, and value; years are numbers, regions are
# not.
utvei_table <- function(path, table, language = "nb") {
  utvei_about(path)
  if (!table %in% utvei_names(path)$name) stop(path, ": no table ", table, "; utvei_tables() tells which there are", call. = FALSE)
  axes <- utvei_axes(path, table)
  # R reverses the order of dimensions, so the last one of the file runs fastest here, too.
  cells <- rev(expand.grid(rev(lapply(axes$codes, seq_along))))
  columns <- list()
  for (i in seq_along(axes$name)) {
    codes <- axes$codes[[i]]
    labels <- utvei_labels(path, axes$name[i], codes, language)
    is_number <- axes$name[i] != "region" && all(grepl("^(0|[1-9][0-9]*)$", codes))
    columns[[axes$name[i]]] <- (if (is_number) as.integer(codes) else codes)[cells[[i]]]
    if (!identical(labels, codes)) columns[[paste0(axes$name[i], "_label")]] <- labels[cells[[i]]]
  }
  columns$value <- as.vector(utvei_read(path, table))
  as.data.frame(columns, check.names = FALSE, stringsAsFactors = FALSE)
}

# An array by draw, replicate, group and cell of `by`, with those labels alone that `where` asks for.
utvei_cube <- function(path, table, by, where) {
  axes <- utvei_axes(path, table)
  unknown <- setdiff(c(by, names(where)), axes$name)
  if (length(unknown) > 0)
    stop(table, " has no dimension ", paste(unknown, collapse = ", "), "; it has ", paste(axes$name, collapse = ", "), call. = FALSE)
  values <- utvei_read(path, table)
  values <- aperm(array(values, rev(lengths(axes$codes))), rev(seq_along(axes$codes)))
  chosen <- Map(function(name, codes) {
    if (is.null(where[[name]])) return(seq_along(codes))
    at <- match(as.character(where[[name]]), codes)
    if (anyNA(at)) stop(name, " has no label ", paste(where[[name]][is.na(at)], collapse = ", "), call. = FALSE)
    at
  }, axes$name, axes$codes)
  values <- do.call(`[`, c(list(values), unname(chosen), drop = FALSE))
  kept <- intersect(c("draw", "replicate", "group", by), axes$name)
  sums <- apply(values, match(kept, axes$name), sum)
  sizes <- setNames(lengths(chosen), axes$name)
  of <- function(name) if (name %in% axes$name) sizes[[name]] else 1L
  codes <- Map(function(codes, at) codes[at], axes$codes, chosen)
  names(codes) <- axes$name
  list(values = array(sums, c(of("draw"), of("replicate"), of("group"), prod(vapply(by, of, 1L)))), codes = codes[by])
}

utvei_check_pair <- function(one, other) {
  for (key in c("seed", "people", "start", "end"))
    if (!identical(as.character(one[[key]]), as.character(other[[key]])))
      stop("the two results differ in ", key, ": they do not share people and luck", call. = FALSE)
  if ("register" %in% c(one$data_class, other$data_class))
    message("utvei: made from a register: these numbers stay where the register is")
  for (root in list(one, other))
    if (!is.null(root$unverified_rows) && root$unverified_rows > 0)
      message("utvei: ", root$scenario_name, ": ", root$unverified_rows, " rows of rates, shares and ages are unverified")
}

# Variance of a paired difference by luck in one run: random groups of people (docs/formats/comparison.md), or replicates.
utvei_variance <- function(baseline, scenario, table, by, where, totals, coupled) {
  runs <- dim(totals)[1:2]
  groups <- paste0("groups/", table)
  inside <- function(path) table %in% subset(rhdf5::h5ls(path), group == "/groups")$name
  if (!coupled && inside(baseline) && inside(scenario)) {
    parts <- utvei_cube(scenario, groups, by, where)$values - utvei_cube(baseline, groups, by, where)$values
    persons <- utvei_cube(baseline, "groups/persons", character(), list())$values
    shares <- apply(persons[1, , , 1, drop = FALSE], 3, sum)
    residual <- parts - outer(shares / sum(shares), totals) |> aperm(c(2, 3, 1, 4))
    of_run <- apply(residual^2, c(1, 2, 4), sum) * length(shares) / (length(shares) - 1)
    return(apply(array(of_run, dim(totals)), 3, mean))
  }
  if (runs[2] > 1) return(colMeans(apply(totals, c(1, 3), var)))
  rep(NA_real_, dim(totals)[3])
}

# Paired differences, summed over all dimensions but `by`, of the labels in `where` (list(state = "work", year = 2030)).
# `mc_se` is what luck in the simulation leaves open. `low_95` and `high_95` hold the uncertainty of the parameters,
# without luck, where the results have draws (NA where luck hides it); else 1.96 `mc_se`. `interval` says which. They are
# the numbers of `utvei compare`.
utvei_difference <- function(baseline, scenario, table, by = character(), where = list(), language = "nb") {
  one <- utvei_about(baseline)
  other <- utvei_about(scenario)
  utvei_check_pair(one, other)
  names <- utvei_axes(baseline, table)$name
  quantity <- as.character(utvei_attribute(baseline, table, "quantity"))
  summed <- setdiff(names, c("draw", "replicate", by, names(where)))
  if (quantity %in% utvei_heads && any(c("year", "stock_date") %in% summed))
    stop(table, ": people on a day are not added up over years or days: name them in by or where", call. = FALSE)
  if (quantity == "median_income" && length(summed) > 0)
    stop(table, ": medians are not added up: name ", paste(summed, collapse = ", "), " in by or where", call. = FALSE)
  first <- utvei_cube(baseline, table, by, where)
  second <- utvei_cube(scenario, table, by, where)
  if (!identical(first$codes, second$codes)) stop(table, " has other labels in the two results", call. = FALSE)
  totals <- array((second$values - first$values)[, , 1, ], dim(first$values)[c(1, 2, 4)])
  coupled <- !is.null(one$places_couple_people) || !is.null(other$places_couple_people)
  variance <- utvei_variance(baseline, scenario, table, by, where, totals, coupled)
  draws <- dim(totals)[1]
  replicates <- dim(totals)[2]
  mc_se <- sqrt(variance / (draws * replicates))
  half <- qnorm(0.975) * mc_se
  if (draws > 1) {
    spread <- apply(apply(totals, c(1, 3), mean), 2, var)
    of_parameters <- spread - variance / replicates
    half <- qnorm(0.975) * sqrt(ifelse(of_parameters > 0 | spread == 0, pmax(of_parameters, 0), NA))
  }
  mean_of <- function(values) apply(values, length(dim(values)), mean)
  # The first of `by` runs fastest in the cells.
  columns <- as.list(expand.grid(first$codes, stringsAsFactors = FALSE))
  for (name in by) {
    labels <- utvei_labels(baseline, name, columns[[name]], language)
    if (!identical(labels, columns[[name]])) columns[[paste0(name, "_label")]] <- labels
  }
  numbers <- data.frame(baseline = mean_of(first$values), value = mean_of(second$values), difference = mean_of(totals),
                        mc_se = mc_se, low_95 = mean_of(totals) - half, high_95 = mean_of(totals) + half,
                        interval = if (draws > 1) "parameters" else "simulation")
  if (length(by) == 0) numbers else cbind(as.data.frame(columns, check.names = FALSE), numbers)
}
