// SPDX-License-Identifier: Apache-2.0
#include "mpi_crew.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <mpi.h>

namespace utvei {
namespace {

constexpr int asking = 1, answering = 2, telling = 3;
constexpr int first_rank = 0;
constexpr std::chrono::microseconds between_requests{200};

enum Request : std::uint64_t { next_number, going };

/// What a rank sends to the first: what it wants, the exit code of whoever stops, and what it has done.
using Message = std::array<std::uint64_t, 8>;
/// What it gets: a number, or that there is none, or that somebody wants to stop.
constexpr std::uint64_t none_left = ~std::uint64_t{0}, all_stop = none_left - 1;

Message message_of(Request request, int stopped, CrewCounts const& own) {
  return {request,         static_cast<std::uint64_t>(stopped),
          own.found,       own.done,
          own.failed,      own.elsewhere,
          own.lives_found, own.lives_done};
}

CrewCounts counts_in(Message const& message) {
  return {message[2], message[3], message[4], message[5], message[6], message[7]};
}

int largest(int own) {
  int all = 0;
  MPI_Allreduce(&own, &all, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  return all;
}

int of_rank(int value, int rank) {
  MPI_Bcast(&value, 1, MPI_INT, rank, MPI_COMM_WORLD);
  return value;
}

/// MPI counts in ints: what is longer goes in pieces.
constexpr std::size_t longest_piece = std::size_t{1} << 30;

int as_count(std::size_t bytes) {
  return static_cast<int>(bytes);
}

std::string host_name() {
  std::array<char, MPI_MAX_PROCESSOR_NAME> name{};
  int length = 0;
  MPI_Get_processor_name(name.data(), &length);
  return {name.data(), static_cast<std::size_t>(length)};
}

/// Whether all have the same text; short ones are filled up.
bool is_same_for_all(std::string_view own) {
  std::array<char, 64> text{}, of_first{};
  std::copy_n(own.begin(), std::min(own.size(), text.size()), text.begin());
  of_first = text;
  MPI_Bcast(of_first.data(), static_cast<int>(of_first.size()), MPI_CHAR, first_rank, MPI_COMM_WORLD);
  return text == of_first;
}

}  // namespace

MpiCrew::MpiCrew() {
  int number = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &number);
  rank_ = static_cast<std::size_t>(number);
  MPI_Comm_size(MPI_COMM_WORLD, &number);
  size_ = static_cast<std::size_t>(number);
  told_.resize(size_);
  // All read the same batch, and would say the same of it.
  if (rank_ > 0) held_.emplace();
}

MpiCrew::~MpiCrew() {
  if (server_.joinable()) server_.detach();  // the program ends by MPI_Abort()
}

int MpiCrew::agree(int code, std::string_view fingerprint) {
  has_agreed_ = true;
  int const nobody = static_cast<int>(size_);
  int own = code == 0 ? nobody : static_cast<int>(rank_);
  int speaker = nobody;
  MPI_Allreduce(&own, &speaker, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
  bool const is_speaker = speaker == static_cast<int>(rank_);
  if (held_) held_->release(is_speaker);
  if (is_speaker && rank_ > 0)
    static_cast<void>(
        std::fputs(fmt::format("utvei-mpi: this is of rank {} on {}\n", rank_, host_name()).c_str(), stderr));
  if (speaker != nobody) return of_rank(code, speaker);

  bool const is_same = is_same_for_all(fingerprint);
  constexpr int exit_of_data = 4;
  if (!is_same)
    static_cast<void>(std::fputs(
        fmt::format(
            "error: rank {} on {} reads another batch than the first rank\n  why: its files, its program or its "
            "folders differ\n  help: run all ranks in one folder that all machines see\n",
            rank_, host_name())
            .c_str(),
        stderr));
  int const agreed = largest(is_same ? 0 : exit_of_data);
  is_at_work_ = agreed == 0;
  return agreed;
}

void MpiCrew::begin(std::size_t count) {
  MPI_Barrier(MPI_COMM_WORLD);
  std::scoped_lock const lock{mutex_};
  count_ = count;
  given_ = 0;
  own_ = {};
  std::ranges::fill(told_, CrewCounts{});
  stopped_code_ = 0;
  at_work_ = size_ - 1;
  if (rank_ == 0 && size_ > 1) server_ = std::thread{[this] { serve(); }};
}

std::optional<std::size_t> MpiCrew::give() {
  if (is_stopped_ || given_ == count_) return std::nullopt;
  return given_++;
}

std::optional<std::size_t> MpiCrew::next() {
  std::scoped_lock const lock{mutex_};
  if (rank_ == 0) return give();
  Message const message = message_of(next_number, 0, own_);
  std::uint64_t number = none_left;
  MPI_Sendrecv(message.data(), static_cast<int>(message.size()), MPI_UINT64_T, first_rank, asking, &number, 1,
               MPI_UINT64_T, first_rank, answering, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  if (number == all_stop) is_stopped_ = true;
  if (number >= all_stop) return std::nullopt;
  return number;
}

void MpiCrew::tell(CrewCounts const& own) {
  std::scoped_lock const lock{mutex_};
  own_ = own;
}

CrewCounts MpiCrew::others() const {
  std::scoped_lock const lock{mutex_};
  CrewCounts sum;
  for (std::size_t rank = 0; rank < size_; ++rank)
    if (rank != rank_) sum += told_[rank];
  return sum;
}

/// The only thread of the first rank that is in MPI between begin() and end().
void MpiCrew::serve() {
  while (true) {
    int is_there = 0;
    MPI_Iprobe(MPI_ANY_SOURCE, asking, MPI_COMM_WORLD, &is_there, MPI_STATUS_IGNORE);
    if (is_there != 0) {
      answer();
    } else {
      std::this_thread::sleep_for(between_requests);
    }
    std::scoped_lock const lock{mutex_};
    if (at_work_ == 0) return;
  }
}

void MpiCrew::answer() {
  Message message{};
  MPI_Status status;
  MPI_Recv(message.data(), static_cast<int>(message.size()), MPI_UINT64_T, MPI_ANY_SOURCE, asking, MPI_COMM_WORLD,
           &status);
  std::uint64_t number = none_left;
  {
    std::scoped_lock const lock{mutex_};
    told_[static_cast<std::size_t>(status.MPI_SOURCE)] = counts_in(message);
    if (message[1] != 0) is_stopped_ = true;
    if (message[0] == going) {
      --at_work_;
      return;
    }
    if (is_stopped_) {
      number = all_stop;
    } else if (auto const given = give()) {
      number = *given;
    }
  }
  MPI_Send(&number, 1, MPI_UINT64_T, status.MPI_SOURCE, answering, MPI_COMM_WORLD);
}

int MpiCrew::end(int stopped) {
  if (stopped != 0) is_stopped_ = true;
  if (rank_ > 0) {
    std::scoped_lock const lock{mutex_};
    Message const message = message_of(going, stopped, own_);
    MPI_Send(message.data(), static_cast<int>(message.size()), MPI_UINT64_T, first_rank, asking, MPI_COMM_WORLD);
  }
  if (server_.joinable()) server_.join();
  std::scoped_lock const lock{mutex_};
  Message const own = message_of(going, stopped, own_);
  std::vector<Message> all(size_);
  constexpr int length = static_cast<int>(std::tuple_size_v<Message>);
  MPI_Allgather(own.data(), length, MPI_UINT64_T, all.data(), length, MPI_UINT64_T, MPI_COMM_WORLD);
  std::ranges::transform(all, told_.begin(), counts_in);
  return largest(stopped);
}

std::vector<std::string> MpiCrew::all_say(std::string own) {
  std::vector<std::uint64_t> lengths(size_);
  std::uint64_t const length = own.size();
  MPI_Allgather(&length, 1, MPI_UINT64_T, lengths.data(), 1, MPI_UINT64_T, MPI_COMM_WORLD);
  std::vector<std::string> all(size_);
  std::size_t const piece = longest_piece / size_;  // of each, at a time
  std::uint64_t const longest = *std::ranges::max_element(lengths);
  std::vector<int> counts(size_), starts(size_);
  for (std::uint64_t at = 0; at < longest; at += piece) {
    int total = 0;
    for (std::size_t rank = 0; rank < size_; ++rank) {
      starts[rank] = total;
      counts[rank] = as_count(std::min<std::uint64_t>(piece, lengths[rank] - std::min(lengths[rank], at)));
      total += counts[rank];
    }
    std::string together(static_cast<std::size_t>(total), '\0');
    char const* const from = own.data() + std::min<std::size_t>(at, own.size());
    MPI_Allgatherv(from, counts[rank_], MPI_BYTE, together.data(), counts.data(), starts.data(), MPI_BYTE,
                   MPI_COMM_WORLD);
    for (std::size_t rank = 0; rank < size_; ++rank)
      all[rank].append(together, static_cast<std::size_t>(starts[rank]), static_cast<std::size_t>(counts[rank]));
  }
  return all;
}

void MpiCrew::collect(std::string own, std::function<void(std::string const&)> const& take) {
  auto const in_pieces = [](std::string& bytes, auto const& move) {
    for (std::size_t at = 0; at < bytes.size(); at += longest_piece)
      move(bytes.data() + at, as_count(std::min(longest_piece, bytes.size() - at)));
  };
  std::uint64_t length = own.size();
  if (rank_ > 0) {
    MPI_Send(&length, 1, MPI_UINT64_T, first_rank, telling, MPI_COMM_WORLD);
    in_pieces(
        own, [](char const* from, int count) { MPI_Send(from, count, MPI_BYTE, first_rank, telling, MPI_COMM_WORLD); });
    return;
  }
  for (int rank = 1; rank < static_cast<int>(size_); ++rank) {
    MPI_Recv(&length, 1, MPI_UINT64_T, rank, telling, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    std::string bytes(length, '\0');
    in_pieces(bytes, [&](char* to, int count) {
      MPI_Recv(to, count, MPI_BYTE, rank, telling, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    });
    take(bytes);
  }
}

std::vector<std::uint64_t> MpiCrew::sum(std::vector<std::uint64_t> own) {
  MPI_Allreduce(MPI_IN_PLACE, own.data(), static_cast<int>(own.size()), MPI_UINT64_T, MPI_SUM, MPI_COMM_WORLD);
  return own;
}

std::vector<std::uint64_t> MpiCrew::gather(std::vector<std::uint64_t> const& own) {
  int const length = static_cast<int>(own.size());
  std::vector<int> lengths(size_), starts(size_);
  MPI_Gather(&length, 1, MPI_INT, lengths.data(), 1, MPI_INT, first_rank, MPI_COMM_WORLD);
  int total = 0;
  for (std::size_t rank = 0; rank < size_; ++rank) {
    starts[rank] = total;
    total += lengths[rank];
  }
  std::vector<std::uint64_t> all(rank_ == 0 ? static_cast<std::size_t>(total) : 0);
  MPI_Gatherv(own.data(), length, MPI_UINT64_T, all.data(), lengths.data(), starts.data(), MPI_UINT64_T, first_rank,
              MPI_COMM_WORLD);
  return all;
}

}  // namespace utvei
